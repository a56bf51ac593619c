/** A manifest as the platform defines it; only the keys that are ours are listed. */
export interface Manifest {
  readonly commonfields: { readonly id: string; readonly version: number };
  readonly name: string;
  readonly display: string;
  readonly category: string;
  readonly description: string;
  readonly provider: string;
  readonly sectionorder: readonly string[];
  readonly configuration: readonly Parameter[];
  readonly script: Script;
  readonly fromversion: string;
  readonly marketplaces: readonly string[];
  readonly tests: readonly string[];
}

export interface Parameter {
  readonly name: string;
  readonly display?: string;
  readonly displaypassword?: string;
  readonly hiddenusername?: boolean;
  /** 0 short text, 8 checkbox, 9 credentials, 13 incident type, 15 single select. */
  readonly type: number;
  readonly required: boolean;
  readonly section: string;
  readonly advanced?: boolean;
  readonly defaultvalue?: string;
  readonly options?: readonly string[];
  readonly additionalinfo: string;
}

export interface Script {
  readonly script: string;
  readonly type: string;
  readonly subtype: string;
  readonly dockerimage: string;
  readonly isfetch?: boolean;
  readonly commands: readonly ManifestCommand[];
}

export interface ManifestCommand {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly Argument[];
  readonly outputs?: readonly Output[];
}

export interface Argument {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  /** Whether the argument takes a value that was typed without a name. */
  readonly default?: boolean;
  readonly defaultValue?: string;
  readonly isArray?: boolean;
  readonly auto?: 'PREDEFINED';
  readonly predefined?: readonly string[];
}

export interface Output {
  readonly contextPath: string;
  readonly description: string;
  readonly type: string;
}

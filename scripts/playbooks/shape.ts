/** A playbook as the platform defines it; only the keys that are read here are listed. */
export interface Playbook {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly description: string;
  readonly starttaskid: string;
  readonly tasks: Readonly<Record<string, Task>>;
  readonly inputs: readonly Input[];
  readonly outputs: readonly {
    readonly contextPath: string;
    readonly type?: string;
    readonly description?: string;
  }[];
  readonly fromversion: string;
}

export interface Task {
  readonly id: string;
  readonly taskid: string;
  readonly type: 'start' | 'regular' | 'condition' | 'title';
  readonly task: {
    readonly id: string;
    readonly name: string;
    readonly description?: string;
    readonly iscommand: boolean;
    /** `Brand|||command` */
    readonly script?: string;
  };
  /** By the label of a condition; `#none#` and `#default#` are the platform's own. */
  readonly nexttasks?: Readonly<Record<string, readonly string[]>>;
  readonly scriptarguments?: Readonly<Record<string, Value>>;
  readonly conditions?: readonly {
    readonly label: string;
    readonly condition: readonly (readonly Comparison[])[];
  }[];
}

export interface Input {
  readonly key: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly value: Value;
}

export interface Value {
  readonly simple?: string;
  readonly complex?: {
    readonly root: string;
    readonly accessor?: string;
    readonly filters?: readonly (readonly Comparison[])[];
  };
}

export interface Comparison {
  readonly left: Operand;
  readonly right?: Operand;
}

interface Operand {
  readonly value: Value;
  readonly iscontext?: boolean;
}

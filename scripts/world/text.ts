/** A text with its format, as articles and profiles hold them. */
export function formatted(content: string | null, format: 'text' | 'html' | 'markdown' | null = 'markdown') {
  return { content, format };
}

/** The same with the annotation that Graph's samples of profiles and vulnerabilities show. */
export function annotated(content: string | null, format: 'text' | 'html' | 'markdown' | null = 'markdown') {
  return { '@odata.type': 'microsoft.graph.security.formattedContent', content, format };
}

/** Something that refers to an entity of another set. */
export function reference(type: string, id: string) {
  return { '@odata.type': `#microsoft.graph.security.${type}`, id };
}

/** A host by its id: an address where it looks like one. */
export function hostReference(id: string) {
  return reference(/^[\d.]+$|:/.test(id) ? 'ipAddress' : 'hostname', id);
}

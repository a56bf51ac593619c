import type { Log, LogFields } from '../base/log';

/** Attributes of a span, by their OpenTelemetry names. */
export type SpanAttributes = Readonly<Record<string, string | number>>;

/** The OpenTelemetry traces of a process. */
export interface Traces {
  /** Records every logged exchange with Graph as a span below the one that is active; the log itself is written unchanged. */
  tracing(log: Log): Log;
  /** Runs work in a span. A failure is recorded by its code, never by its text. */
  inSpan<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T>;
  /** Sends the spans that were not sent yet. */
  close(): Promise<void>;
}

/** One of these requests traces (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/). */
const ASKED_BY = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_TRACES_EXPORTER',
] as const;

/** The packages that traces need; exporter, sampler and resource read the other standard variables themselves. */
const PACKAGES =
  '@opentelemetry/api @opentelemetry/sdk-trace-node @opentelemetry/resources @opentelemetry/exporter-trace-otlp-http';

const SERVICE = 'msg-defender-threat-intel';

/** Opens traces if the standard environment variables request them. Without its packages the process continues, with a warning. */
export async function openTraces(environment: NodeJS.ProcessEnv, log: Log): Promise<Traces | undefined> {
  const isAsked = ASKED_BY.some((name) => environment[name]) && environment.OTEL_TRACES_EXPORTER !== 'none';
  if (!isAsked || environment.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return undefined;
  try {
    return await startTraces(environment);
  } catch {
    log('warn', 'traces are not recorded: OpenTelemetry is not installed', {
      install: `npm install ${PACKAGES}`,
    });
    return undefined;
  }
}

async function startTraces(environment: NodeJS.ProcessEnv): Promise<Traces> {
  const [{ context, SpanKind, SpanStatusCode, trace }, node, resources, { OTLPTraceExporter }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/exporter-trace-otlp-http'),
    ]);
  environment.OTEL_SERVICE_NAME ||= SERVICE;
  const detected = resources.detectResources({ detectors: [resources.envDetector] });
  const provider = new node.NodeTracerProvider({
    resource: resources.defaultResource().merge(detected),
    spanProcessors: [new node.BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  const tracer = trace.getTracer(SERVICE);

  function record({ milliseconds, method = 'GET', path = '', status, fault }: LogFields): void {
    const startTime = Date.now() - Number(milliseconds ?? 0);
    const attributes = {
      'http.request.method': String(method),
      'url.path': String(path),
      ...(status === undefined ? {} : { 'http.response.status_code': Number(status) }),
      ...(fault === undefined ? {} : { 'error.type': String(fault) }),
    };
    const span = tracer.startSpan(`graph ${method}`, { kind: SpanKind.CLIENT, startTime, attributes });
    if (fault !== undefined || Number(status) >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }

  return {
    tracing(log) {
      const recording: Log = (level, event, fields) => {
        if (event === 'graph responded' || event === 'graph did not respond') record(fields ?? {});
        log(level, event, fields);
      };
      return Object.assign(recording, log.level === undefined ? {} : { level: log.level });
    },
    async inSpan(name, attributes, work) {
      const span = tracer.startSpan(name, { attributes });
      try {
        return await context.with(trace.setSpan(context.active(), span), work);
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        span.setAttribute('error.type', codeOf(error));
        throw error;
      } finally {
        span.end();
      }
    },
    close: () => provider.shutdown().catch(() => {}),
  };
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'UNKNOWN';
}

package io.millrace.app.config;

/**
 * What the engine tells about itself.
 *
 * @param intervalMs between two reports.
 * @param bufferBytes of the side buffer.
 * @param latencySampleEvery how many events share one latency sample.
 * @param latencyDirectory where latencies are written.
 */
public record TelemetryConfig(
        @Key(value = "Time between two reports.", byDefault = "250", unit = "ms", min = 50, max = 60_000)
        int intervalMs,

        @Key(
                value = "Size of the side buffer. Reports that find it full are dropped and counted.",
                byDefault = "1048576",
                unit = "bytes",
                min = 65_536,
                max = 1 << 28,
                powerOfTwo = true)
        int bufferBytes,

        @Key(
                value = "One event in this many gets time stamps at every stage. 1 stamps all.",
                byDefault = "16",
                unit = "events",
                min = 1,
                max = 65_536,
                powerOfTwo = true)
        int latencySampleEvery,

        @Key(
                value =
                        "Folder of the files that latencies are written to at the end of a run and on request (a file "
                                + "`dump` in it); inside the journal's folder unless it is absolute. `none`: they are not written.",
                byDefault = "latency")
        String latencyDirectory) {}

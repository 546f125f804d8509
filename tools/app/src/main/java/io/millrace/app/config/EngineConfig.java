package io.millrace.app.config;

/**
 * Ring, stages and threads.
 *
 * @param topology which agents share a thread.
 * @param ringSlots slots of the ring.
 * @param slotLengthBytes bytes of one slot.
 * @param checkpointInterval sequences between two checkpoints.
 * @param idle what a thread does that has nothing to do.
 * @param cores pinning, one core per role.
 * @param books the order books.
 * @param bars bars and indicators.
 * @param universe who gets full depth and trades.
 */
public record EngineConfig(
        @Key(
                value = "Which agents share a thread. `auto` takes `single` up to four cores, `fused` up to seven, "
                        + "`pipelined` from eight on. The bytes that come out are the same.",
                byDefault = "auto",
                oneOf = {"auto", "single", "fused", "pipelined"})
        String topology,

        @Key(
                value = "Slots of the ring. A burst that is longer stops the reading of market data, nothing is lost.",
                byDefault = "2048",
                unit = "slots",
                min = 64,
                max = 1 << 20,
                powerOfTwo = true)
        int ringSlots,

        @Key(
                value = "Bytes of one slot. Longer updates are cut into several messages.",
                byDefault = "1024",
                unit = "bytes",
                min = 512,
                max = 16384,
                multipleOf = 64)
        int slotLengthBytes,

        @Key(
                value =
                        "Sequences between two checkpoints of the state hashes. A journal carries this, the slot length "
                                + "and the settings of books, bars and universe: it can only be continued with the same ones, and `replay` "
                                + "takes them from it.",
                byDefault = "4096",
                unit = "sequences",
                min = 64,
                max = 1 << 24,
                powerOfTwo = true)
        int checkpointInterval,

        @Key(
                value = "What a thread does that has nothing to do. `spin` is fastest and needs a core for each "
                        + "thread; `yield` gives way to others; `backoff` sleeps after a while; `auto` spins on "
                        + "more than four cores and backs off otherwise.",
                byDefault = "auto",
                oneOf = {"auto", "spin", "yield", "backoff"})
        String idle,

        @Key(
                "Cores that threads are pinned to; -1 leaves a thread where the system puts it. A thread with several roles "
                        + "takes the core of the first of them.")
        CoresConfig cores,

        @Key("Order books.") BooksConfig books,

        @Key("Bars of one and 5 minutes, a quarter, one and 4 hours, and a day, with their indicators.")
        BarsConfig bars,

        @Key("Who gets full depth and trades, if not all do.")
        UniverseConfig universe) {}

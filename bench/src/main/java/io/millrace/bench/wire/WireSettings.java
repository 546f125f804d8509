package io.millrace.bench.wire;

import java.util.List;
import java.util.Locale;

/**
 * One way of running the measurement.
 *
 * @param subject what answers.
 * @param topology which agents share a thread: {@code single}, {@code fused} or {@code pipelined}.
 * @param idle what a thread does that has nothing to do, as {@code engine.idle} in the configuration.
 * @param isJournaled whether the engine writes its journals.
 * @param isSecure whether the hot sockets speak TLS.
 * @param pace how fast frames leave.
 * @param everyTickers each so many-th ticker is answered, 1 or more.
 * @param cores of the sender and of the subject's first thread, -1 for none.
 * @param jvm how the subject's JVM is started.
 */
record WireSettings(
        Subject subject,
        String topology,
        String idle,
        boolean isJournaled,
        boolean isSecure,
        Pace pace,
        int everyTickers,
        Cores cores,
        Jvm jvm) {

    /** Frames a second that goals are judged at. */
    static final int STANDARD_RATE = 20_000;

    /** Who answers. */
    enum Subject {
        /** The product: gateway, ring, stages, probe, egress, order link. */
        ENGINE,
        /** Netty's WebSocket client, which sends the frame back. */
        ECHO,
        /** The same with two connections, as the venue has them: what came on one is sent on the other. */
        RELAY
    }

    /**
     * How fast frames leave.
     *
     * @param framesPerSecond evenly spaced; 0 plays them as they were recorded.
     * @param warmUpFrames not measured.
     * @param warmUpPerSecond frames a second of the warm-up.
     * @param calmSeconds the warm-up goes on until the subject has compiled next to nothing for so long; 0 for not.
     * @param measuredFrames that follow.
     */
    record Pace(int framesPerSecond, int warmUpFrames, int warmUpPerSecond, int calmSeconds, int measuredFrames) {}

    /**
     * Pinning.
     *
     * @param sender core of the sender, -1 for none.
     * @param subject core of the subject's first thread, -1 for none.
     */
    record Cores(int sender, int subject) {
        /** Returns a core for each where there are two, else none. */
        static Cores auto() {
            return Runtime.getRuntime().availableProcessors() > 1 ? new Cores(0, 1) : new Cores(-1, -1);
        }
    }

    /**
     * The subject's JVM.
     *
     * @param java its executable.
     * @param options behind those of the launcher.
     */
    record Jvm(String java, List<String> options) {}

    /** Returns what tells this way from others, as tables show it. */
    String label() {
        int rate = pace.framesPerSecond();
        String what = subject == Subject.ENGINE
                ? "engine, " + topology + ", journal " + (isJournaled ? "on" : "off")
                : subject.name().toLowerCase(Locale.ROOT);
        String how = rate == STANDARD_RATE ? "" : rate == 0 ? ", as recorded" : ", " + rate + "/s";
        return what + how + (isSecure ? ", TLS" : "");
    }

    WireSettings withSubject(Subject other) {
        return new WireSettings(other, topology, idle, isJournaled, isSecure, pace, everyTickers, cores, jvm);
    }

    WireSettings withJournal(boolean isOn) {
        return new WireSettings(subject, topology, idle, isOn, isSecure, pace, everyTickers, cores, jvm);
    }
}

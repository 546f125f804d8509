package io.millrace.gateway.marketdata;

import io.millrace.gateway.clock.ClockSettings;
import io.millrace.gateway.clock.IngressClock;

/** Publishes ticks, and anchors ingress time anew when the machine's wall clock has moved away from it. */
final class ClockAgent {
    private final IngressClock clock;
    private final ControlEvents events;
    private final FeedStatus status;
    private final long tickNs;
    private final long checkNs;
    private final long toleranceNs;
    private long nextTickNs;
    private long nextCheckNs;
    private long tick;

    ClockAgent(ClockSettings settings, IngressClock clock, ControlEvents events, FeedStatus status) {
        this.clock = clock;
        this.events = events;
        this.status = status;
        this.tickNs = settings.tickInterval().toNanos();
        this.checkNs = settings.checkInterval().toNanos();
        this.toleranceNs = settings.tolerance().toNanos();
        this.nextTickNs = clock.monotonicNs();
        this.nextCheckNs = nextTickNs + checkNs;
    }

    /** A tick that finds the ring full is offered again next time, with the time of then. */
    void onTick(long nowNs) {
        if (nowNs - nextTickNs >= 0 && events.tryTick(tick)) {
            tick++;
            status.onTick();
            nextTickNs += tickNs;
            if (nowNs - nextTickNs >= 0) {
                // Ticks that were missed are not made up for.
                nextTickNs = nowNs + tickNs;
            }
        }
        if (nowNs - nextCheckNs >= 0) {
            check(nowNs);
        }
    }

    private void check(long nowNs) {
        if (!clock.isOff(toleranceNs)) {
            nextCheckNs = nowNs + checkNs;
            return;
        }
        long offsetNs = clock.sampleOffsetNs();
        boolean isOff = Math.abs(offsetNs - clock.offsetNs()) > toleranceNs;
        if (!isOff || events.tryAnchor(offsetNs)) {
            nextCheckNs = nowNs + checkNs;
        }
        if (isOff && clock.offsetNs() == offsetNs) {
            status.onAnchor();
        }
    }
}

package io.millrace.engine.pipeline;

import io.millrace.codecs.port.Outlet;
import io.millrace.codecs.port.OutletHandler;
import org.agrona.concurrent.Agent;

/**
 * Polls an outlet into a handler: the input journal's agent, or what takes egress's place in a replay.
 *
 * <p><b>Thread:</b> one.
 */
public final class OutletAgent implements Agent {
    private final String roleName;
    private final Outlet outlet;
    private final OutletHandler handler;
    private final int limit;

    /**
     * Makes the agent.
     *
     * @param roleName as reports show it.
     * @param outlet is polled.
     * @param handler receives.
     * @param limit most messages of one duty cycle, at least 1.
     */
    public OutletAgent(String roleName, Outlet outlet, OutletHandler handler, int limit) {
        this.roleName = roleName;
        this.outlet = outlet;
        this.handler = handler;
        this.limit = limit;
    }

    @Override
    public int doWork() {
        return outlet.poll(handler, limit);
    }

    @Override
    public String roleName() {
        return roleName;
    }
}

package io.millrace.app.runtime;

import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.Outlet;
import io.millrace.codecs.port.OutletHandler;

/** What passes the borders of a run, for those who want to look at it there, or to break it there. */
public interface Taps {
    /** Nobody looks. */
    Taps NONE = new Taps() {};

    /** Returns what is in the place of the events' way to the input journal. */
    default Outlet inputs(Outlet inputs) {
        return inputs;
    }

    /** Returns what is in the place of the outputs' way to the output journal. */
    default OutletHandler outputs(OutletHandler outputs) {
        return outputs;
    }

    /** Returns what is in the place of the commands' way to the gateways. */
    default Inlet commands(Inlet commands) {
        return commands;
    }

    /** Returns what is in the place of the way to the ring for everything but market data. */
    default Inlet control(Inlet control) {
        return control;
    }
}

package io.millrace.engine.orders;

import io.millrace.codecs.event.AccountSettingsDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.MarginType;
import java.util.concurrent.TimeUnit;

/** Holds the first entry of an instrument back until its leverage and margin type are what the settings want. */
final class Setups {
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(10);

    private final Desk desk;
    private final Instruments instruments;

    Setups(Desk desk) {
        this.desk = desk;
        this.instruments = desk.instruments;
    }

    /** Returns whether the instrument is set as wanted; if not, it is being set. */
    boolean isReady(int id) {
        OrderSettings.Setup wanted = desk.settings.setup();
        boolean isLeverageRight =
                wanted.leverage() == 0 || instruments.get(id, Instruments.LEVERAGE) == wanted.leverage();
        boolean isMarginRight = wanted.marginType() == MarginType.UNKNOWN
                || instruments.get(id, Instruments.MARGIN_TYPE)
                        == wanted.marginType().value();
        if (isLeverageRight && isMarginRight) {
            return true;
        }
        if (instruments.get(id, Instruments.CONFIGURE_NEXT) <= desk.nowNs && desk.wire.hasRoom()) {
            instruments.use(id);
            instruments.set(id, Instruments.CONFIGURE_COMMAND, desk.wire.configure(id));
            instruments.set(id, Instruments.CONFIGURE_NEXT, desk.nowNs + RETRY_NS);
        }
        return false;
    }

    /** The venue told what an instrument is set to. */
    void told(int id, AccountSettingsDecoder settings) {
        if (!Instruments.isInRange(id)) {
            return;
        }
        if (settings.leverage() != 0) {
            instruments.set(id, Instruments.LEVERAGE, settings.leverage());
        }
        if (settings.marginType() != MarginType.UNKNOWN && settings.marginType() != MarginType.NULL_VAL) {
            instruments.set(id, Instruments.MARGIN_TYPE, settings.marginType().value());
        }
    }

    /** Takes an outcome; returns whether it was of a command to set an instrument. */
    boolean onOutcome(CommandOutcomeDecoder outcome) {
        for (int i = 0; i < instruments.usedCount(); i++) {
            int id = instruments.used(i);
            long command = instruments.get(id, Instruments.CONFIGURE_COMMAND);
            if (command != 0 && command == outcome.commandId()) {
                if (outcome.outcome() == CommandOutcomeCode.FAILED) {
                    int status = outcome.httpStatus();
                    desk.wire
                            .records()
                            .alarm(
                                    command,
                                    0,
                                    outcome.venueCode(),
                                    status,
                                    ErrorCodes.classOf(outcome.venueCode(), status));
                }
                return true;
            }
        }
        return false;
    }

    /** A new run takes nothing on trust. */
    void restart() {
        for (int i = 0; i < instruments.usedCount(); i++) {
            int id = instruments.used(i);
            instruments.set(id, Instruments.LEVERAGE, 0);
            instruments.set(id, Instruments.MARGIN_TYPE, 0);
            instruments.set(id, Instruments.CONFIGURE_COMMAND, 0);
            instruments.set(id, Instruments.CONFIGURE_NEXT, 0);
        }
    }
}

package io.millrace.engine.status;

import java.util.Arrays;

/**
 * The registry of counters: one id, one name, one writer each.
 *
 * <pre>
 *    0 to 127  events by template id; an update in chunks counts once, at FIRST   (book agent)
 *  128 to 139  ring and inlets                                                    (any offering thread, atomic)
 *  140 to 149  stages                                                             (the stage's agent)
 *  150 to 169  egress                                                             (egress agent)
 *  170 to 179  telemetry                                                          (any thread, atomic)
 * </pre>
 */
public final class CounterIds {
    /** Offers to the market inlet that were refused because the ring was too full. */
    public static final int MARKET_OFFERS_REFUSED = 128;
    /** Offers to the control inlet that were refused because the ring was full. */
    public static final int CONTROL_OFFERS_REFUSED = 129;
    /** Offers whose length fields did not add up. */
    public static final int OFFERS_MALFORMED = 130;
    /** Offers that could never fit the ring or a slot. */
    public static final int OFFERS_TOO_LONG = 131;
    /** Market events that stand for several of the venue's, because the ring had been too full for each. */
    public static final int MARKET_CONFLATED = 132;

    /** Slots that passed the book stage, every chunk by itself. */
    public static final int SLOTS = 140;
    /** Events at which the book stage threw or which it skipped by quarantine. */
    public static final int BOOK_FAULTS = 141;
    /** Events at which the strategy stage threw or which it skipped by quarantine. */
    public static final int STRATEGY_FAULTS = 142;
    /** Events at which the risk stage threw or which it skipped by quarantine. */
    public static final int RISK_FAULTS = 143;

    /** Output records appended. */
    public static final int OUTPUT_RECORDS = 150;
    /** Commands accepted by the gateway. */
    public static final int COMMANDS_ACCEPTED = 151;
    /** Commands that the gateway had no room for. */
    public static final int COMMANDS_REFUSED = 152;
    /** Commands that were too old when they reached egress. */
    public static final int COMMANDS_EXPIRED = 153;
    /** Outcomes that wait for room on the ring, now. */
    public static final int OUTCOMES_WAITING = 154;
    /** Outcomes lost because the engine was already closed. */
    public static final int OUTCOMES_LOST = 155;

    /** Telemetry messages written. */
    public static final int TELEMETRY_WRITTEN = 170;
    /** Telemetry messages dropped because nobody read. */
    public static final int TELEMETRY_DROPPED = 171;

    /** Ids are below this. */
    public static final int COUNT = 192;
    /** Template ids are below this. */
    public static final int TEMPLATES = 128;

    private static final String[] NAMES = names();

    private CounterIds() {}

    /** Returns the name of a counter, null if the id is not in use. */
    public static String name(int counterId) {
        return NAMES[counterId];
    }

    /** Returns the counter of faults of a stage. */
    public static int faultsOf(int stage) {
        return BOOK_FAULTS + stage;
    }

    private static String[] names() {
        String[] names = new String[COUNT];
        Arrays.setAll(names, id -> id < TEMPLATES ? "events.template." + id : null);
        names[MARKET_OFFERS_REFUSED] = "ring.market.refused";
        names[CONTROL_OFFERS_REFUSED] = "ring.control.refused";
        names[OFFERS_MALFORMED] = "ring.offers.malformed";
        names[OFFERS_TOO_LONG] = "ring.offers.too-long";
        names[MARKET_CONFLATED] = "ring.market.conflated";
        names[SLOTS] = "stage.slots";
        names[BOOK_FAULTS] = "stage.book.faults";
        names[STRATEGY_FAULTS] = "stage.strategy.faults";
        names[RISK_FAULTS] = "stage.risk.faults";
        names[OUTPUT_RECORDS] = "egress.records";
        names[COMMANDS_ACCEPTED] = "egress.commands.accepted";
        names[COMMANDS_REFUSED] = "egress.commands.refused";
        names[COMMANDS_EXPIRED] = "egress.commands.expired";
        names[OUTCOMES_WAITING] = "egress.outcomes.waiting";
        names[OUTCOMES_LOST] = "egress.outcomes.lost";
        names[TELEMETRY_WRITTEN] = "telemetry.written";
        names[TELEMETRY_DROPPED] = "telemetry.dropped";
        return names;
    }
}

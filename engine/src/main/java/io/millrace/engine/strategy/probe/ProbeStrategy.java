package io.millrace.engine.strategy.probe;

import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.FillNoticeDecoder;
import io.millrace.codecs.event.IntentAction;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OrderReportDecoder;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.RunStartedDecoder;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.TimeInForce;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.engine.instrument.InstrumentDirectory;
import io.millrace.engine.memory.StateMemory;
import io.millrace.engine.orders.Notional;
import io.millrace.engine.orders.OrderSettings;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StagePart;
import io.millrace.engine.strategy.IntentWriter;
import java.util.concurrent.TimeUnit;

/**
 * Answers each n-th ticker of an instrument with a limit order, buys and sells in turn, each with a stop and an exit after a
 * time; an entry that does not fill is cancelled after that time. It follows its orders by the reports that bear their names,
 * as any strategy has to: what it hears nothing of was refused, and is given up after a while.
 *
 * <p><b>Thread:</b> the strategy agent. <b>Allocation:</b> none after it is made.
 */
public final class ProbeStrategy implements StagePart {
    /** Number that the probe's orders are named by. */
    public static final int STRATEGY = 1;

    private static final int BPS = 10_000;
    private static final int MAX_INTENTS = 4;
    private static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(15);
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(5);

    // Words of an entry.
    private static final int KEY = 0;
    private static final int PHASE = 1;
    private static final int INSTRUMENT = 2;
    private static final int DUE_NS = 3;
    private static final int FILLED = 4;
    private static final int ENTRY_WORDS = 5;

    // Phases of an entry.
    private static final int WANTED = 1;
    private static final int RESTING = 2;
    private static final int LEAVING = 3;

    // Words besides.
    private static final int TAG = 0;
    private static final int EPOCH = 1;
    private static final int NUMBER = 2;
    private static final int OPEN = 3;
    private static final int NEXT_DUE = 4;
    private static final int WORDS = 5;

    private final ProbeSettings settings;
    private final InstrumentDirectory instruments;
    private final StateMemory memory;
    private final int words;
    private final int tickers;
    private final int entries;
    private final IntentWriter intent = new IntentWriter();
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final RunStartedDecoder runStarted = new RunStartedDecoder();
    private final BookTickerDecoder ticker = new BookTickerDecoder();
    private final OrderReportDecoder report = new OrderReportDecoder();
    private final FillNoticeDecoder fill = new FillNoticeDecoder();
    /** Event whose writes the memory can still take back. */
    private long openSequence = -1;

    /**
     * Makes the probe.
     *
     * @param settings of it.
     * @param instruments a part that stands before it.
     */
    public ProbeStrategy(ProbeSettings settings, InstrumentDirectory instruments) {
        this.settings = settings;
        this.instruments = instruments;
        memory = new StateMemory(WORDS + OrderSettings.MAX_INSTRUMENTS + settings.maxOpen() * ENTRY_WORDS);
        words = memory.reserve(WORDS);
        tickers = memory.reserve(OrderSettings.MAX_INSTRUMENTS);
        entries = memory.reserve(settings.maxOpen() * ENTRY_WORDS);
    }

    @Override
    public int commandsLength() {
        return settings.isOn() ? MAX_INTENTS * IntentWriter.LENGTH : 0;
    }

    @Override
    public void onEvent(SlotContext slot) {
        if (!settings.isOn()) {
            return;
        }
        memory.commit();
        openSequence = slot.sequence();
        switch (slot.templateId()) {
            case RunStartedDecoder.TEMPLATE_ID -> onRunStarted(slot);
            case BookTickerDecoder.TEMPLATE_ID -> onTicker(slot);
            case OrderReportDecoder.TEMPLATE_ID -> onReport(slot);
            case FillNoticeDecoder.TEMPLATE_ID -> onFill(slot);
            default -> {
                // Anything else moves the time only.
            }
        }
        if (get(NEXT_DUE) != 0 && get(NEXT_DUE) <= slot.engineNs()) {
            sweep(slot);
        }
    }

    @Override
    public void onSkip(SlotContext slot) {
        if (openSequence == slot.sequence()) {
            memory.rollback();
        }
        memory.commit();
        openSequence = -1;
    }

    @Override
    public long stateHash() {
        return memory.hash();
    }

    private long get(int word) {
        return memory.get(words + word);
    }

    private void set(int word, long value) {
        memory.set(words + word, value);
    }

    private long get(int entry, int word) {
        return memory.get(entries + entry * ENTRY_WORDS + word);
    }

    private void set(int entry, int word, long value) {
        memory.set(entries + entry * ENTRY_WORDS + word, value);
    }

    private void onRunStarted(SlotContext slot) {
        runStarted.wrapAndApplyHeader(slot.buffer(), slot.offset(), frame);
        if (get(TAG) == 0) {
            set(TAG, ClientOrderId.tagOf(EventHeader.ingressNs(slot.buffer(), slot.offset())));
        }
        set(EPOCH, Math.min(runStarted.runEpoch(), ClientOrderId.MAX_EPOCH));
        // Entries of the last run stay: a recovery by replay knows them, and what rests has to be cancelled some day.
        set(NUMBER, 0);
    }

    private void onTicker(SlotContext slot) {
        int id = slot.instrumentId();
        if (id < 0 || id >= OrderSettings.MAX_INSTRUMENTS || get(EPOCH) == 0) {
            return;
        }
        memory.add(tickers + id, 1);
        InstrumentSpec spec = instruments.spec(id);
        if (memory.get(tickers + id) % settings.everyTickers() != 0
                || get(OPEN) >= settings.maxOpen()
                || spec == null) {
            return;
        }
        ticker.wrapAndApplyHeader(slot.buffer(), slot.offset(), frame);
        if (ticker.bidLots() > 0 && ticker.askLots() > 0) {
            enter(slot, spec);
        }
    }

    private void enter(SlotContext slot, InstrumentSpec spec) {
        long number = get(NUMBER) + 1;
        Side side = (number & 1) == 1 ? Side.BUY : Side.SELL;
        long priceTicks = side == Side.BUY
                ? ticker.bidTicks() + settings.offsetTicks()
                : ticker.askTicks() - settings.offsetTicks();
        long lotE8 = Notional.e8(spec.tick(), spec.lot(), priceTicks, 1);
        if (priceTicks <= 0 || lotE8 <= 0) {
            return;
        }
        long lots = Math.max(Math.max(1, spec.limits().minQtyLots()), settings.notionalE8() / lotE8);
        long stopTicks = Math.max(1, priceTicks * settings.stopBps() / BPS);
        long key = ClientOrderId.key((int) get(EPOCH), STRATEGY, ClientOrderId.ENTRY, (int) number);
        intent.quantity(side, lots)
                .type(OrderType.LIMIT, TimeInForce.GTC, false)
                .price(priceTicks, priceTicks)
                .protection(stopTicks, settings.exitNs());
        if (!intent.write(slot, spec.id(), key, IntentAction.PLACE)) {
            return;
        }
        set(NUMBER, number);
        int entry = vacant();
        set(entry, KEY, key);
        set(entry, PHASE, WANTED);
        set(entry, INSTRUMENT, spec.id());
        due(entry, slot.engineNs() + SILENCE_NS);
        set(OPEN, get(OPEN) + 1);
    }

    private int vacant() {
        int entry = 0;
        while (get(entry, KEY) != 0) {
            entry++;
        }
        return entry;
    }

    private int find(int clientTag, long key) {
        if (clientTag != get(TAG) || key == 0) {
            return -1;
        }
        for (int entry = 0; entry < settings.maxOpen(); entry++) {
            if (get(entry, KEY) == key) {
                return entry;
            }
        }
        return -1;
    }

    private void onReport(SlotContext slot) {
        report.wrapAndApplyHeader(slot.buffer(), slot.offset(), frame);
        int entry = find(report.clientTag(), report.clientKey());
        if (entry < 0) {
            return;
        }
        set(entry, FILLED, Math.max(get(entry, FILLED), report.filledLots()));
        VenueStatus status = report.status();
        boolean isOpen = status == VenueStatus.NEW || status == VenueStatus.PARTIALLY_FILLED;
        if (isOpen) {
            rest(entry, slot.engineNs());
        } else if (status != VenueStatus.OTHER && status != VenueStatus.NULL_VAL) {
            leave(entry, slot.engineNs());
        }
    }

    private void onFill(SlotContext slot) {
        fill.wrapAndApplyHeader(slot.buffer(), slot.offset(), frame);
        int entry = find(fill.clientTag(), fill.clientKey());
        if (entry >= 0) {
            set(entry, FILLED, Math.max(1, get(entry, FILLED)));
            rest(entry, slot.engineNs());
        }
    }

    private void rest(int entry, long nowNs) {
        if (get(entry, PHASE) == WANTED) {
            set(entry, PHASE, RESTING);
            due(entry, nowNs + settings.exitNs());
        }
    }

    /** The order has ended: without a fill that was all, with one the exit will come. */
    private void leave(int entry, long nowNs) {
        if (get(entry, FILLED) == 0) {
            forget(entry);
        } else if (get(entry, PHASE) != LEAVING) {
            set(entry, PHASE, LEAVING);
            due(entry, nowNs + settings.exitNs() + RETRY_NS);
        }
    }

    private void forget(int entry) {
        if (get(entry, KEY) != 0) {
            set(OPEN, get(OPEN) - 1);
            for (int word = 0; word < ENTRY_WORDS; word++) {
                set(entry, word, 0);
            }
        }
    }

    private void due(int entry, long atNs) {
        set(entry, DUE_NS, atNs);
        set(NEXT_DUE, get(NEXT_DUE) == 0 ? atNs : Math.min(get(NEXT_DUE), atNs));
    }

    private void sweep(SlotContext slot) {
        long nowNs = slot.engineNs();
        long next = 0;
        for (int entry = 0; entry < settings.maxOpen(); entry++) {
            if (get(entry, KEY) != 0 && get(entry, DUE_NS) <= nowNs) {
                work(slot, entry, nowNs);
            }
            long at = get(entry, DUE_NS);
            if (get(entry, KEY) != 0) {
                next = next == 0 ? at : Math.min(next, at);
            }
        }
        set(NEXT_DUE, next);
    }

    private void work(SlotContext slot, int entry, long nowNs) {
        if (get(entry, PHASE) == LEAVING) {
            forget(entry);
        } else if (intent.write(slot, (int) get(entry, INSTRUMENT), get(entry, KEY), IntentAction.CANCEL)) {
            if (get(entry, PHASE) == WANTED) {
                // Refused, or nobody knows: should it turn out to rest after all, it is cancelled.
                forget(entry);
            } else {
                set(entry, DUE_NS, nowNs + RETRY_NS);
            }
        }
    }
}

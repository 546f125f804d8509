package io.millrace.engine.orders;

import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.memory.StateMemory;
import org.agrona.DirectBuffer;

/** What orders need to know of instruments, and the positions in them. */
final class Instruments {
    /** Grid version + 1, 0 while the instrument is not defined. */
    static final int GRID = 0;
    /** One tick times one lot is UNIT x 10^UNIT_EXPONENT of the quote asset. */
    static final int UNIT = 1;

    static final int UNIT_EXPONENT = 2;
    static final int MIN_LOTS = 3;
    static final int MAX_LOTS = 4;
    static final int MARKET_MAX_LOTS = 5;
    /** Position by the fills that came, negative for short. */
    static final int LOTS = 6;
    /** Ticks times lots paid for what is open, above 0; rounded when a part is closed. */
    static final int OPEN_COST = 7;
    /** Signed ticks times lots of all fills, 128 bits: minus the profit whenever the position is 0. */
    static final int CASH_HIGH = 8;

    static final int CASH_LOW = 9;
    static final int REALIZED_E8 = 10;
    static final int FILLS = 11;
    static final int LAST_TRADE_ID = 12;
    /** Fills up to this id are not remembered any more. */
    static final int FORGOTTEN_TRADE_ID = 13;

    static final int LAST_FILL_TICKS = 14;
    /** Position as the venue told it last. */
    static final int VENUE_LOTS = 15;
    /** Ours and theirs of a difference that a further audit has to confirm, and when it was seen. */
    static final int SUSPECT_OURS = 16;

    static final int SUSPECT_THEIRS = 17;
    static final int SUSPECT_ROUND = 18;
    static final int SUSPECT_FILLS = 19;
    /** 1 while the trades since {@link #LAST_TRADE_ID} have to be asked for. */
    static final int NEEDS_TRADES = 20;
    /** Distance of the stops, from the last entry. */
    static final int STOP_TICKS = 21;
    /** Round of the audit that told of the position. */
    static final int SEEN_ROUND = 22;
    /** The stops are looked at then, 0 for when something happens. */
    static final int PROTECT_AT = 23;

    static final int COUNTDOWN_COMMAND = 24;
    static final int COUNTDOWN_NEXT = 25;
    static final int COUNTDOWN_UNTIL = 26;
    /** 1 if it is in the list of those with orders, fills or a position. */
    static final int USED = 27;
    /** 1 while everything is to be closed. */
    static final int FLATTENING = 28;

    static final int PROTECT_FAILURES = 29;
    static final int SEEN_LOTS = 30;
    /** Asset that profits are paid in, packed as on the ring. */
    static final int QUOTE_ASSET = 31;

    static final int TICK = 32;
    static final int TICK_EXPONENT = 33;
    static final int SEEN_ENTRY_TICKS = 34;
    /** Lots that exits still have to close. */
    static final int EXIT_LOTS = 35;
    /** All trades up to this id are known: an audit showed them. */
    static final int AUDITED_TRADE_ID = 36;
    /** What {@link #AUDITED_TRADE_ID} becomes when the audit under way is done. */
    static final int ASKED_TRADE_ID = 37;
    /** Fills when the picture of this round was asked for. */
    static final int PICTURE_FILLS = 38;
    /** As the venue told them in this run, 0 before. */
    static final int LEVERAGE = 39;

    static final int MARGIN_TYPE = 40;
    static final int CONFIGURE_COMMAND = 41;
    /** Leverage and margin type are asked for again not before. */
    static final int CONFIGURE_NEXT = 42;
    /** Words of an instrument. */
    static final int COUNT = 44;

    private final StateMemory memory;
    private final int records;
    private final int usedCount;
    private final int used;
    private final byte[] symbol = new byte[64];
    private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();

    Instruments(StateMemory memory) {
        this.memory = memory;
        records = memory.reserve(OrderSettings.MAX_INSTRUMENTS * COUNT);
        usedCount = memory.reserve(1);
        used = memory.reserve(OrderSettings.MAX_INSTRUMENTS);
    }

    static int words() {
        return OrderSettings.MAX_INSTRUMENTS * (COUNT + 1) + 1;
    }

    long get(int id, int field) {
        return memory.get(records + id * COUNT + field);
    }

    void set(int id, int field, long value) {
        memory.set(records + id * COUNT + field, value);
    }

    void add(int id, int field, long change) {
        memory.add(records + id * COUNT + field, change);
    }

    /** Returns whether an id can be traded at all. */
    static boolean isInRange(int id) {
        return id >= 0 && id < OrderSettings.MAX_INSTRUMENTS;
    }

    boolean isDefined(int id) {
        return isInRange(id) && get(id, GRID) != 0;
    }

    int gridVersion(int id) {
        return (int) get(id, GRID) - 1;
    }

    /** Returns the number of instruments with orders, fills or a position so far. */
    int usedCount() {
        return (int) memory.get(usedCount);
    }

    int used(int i) {
        return (int) memory.get(used + i);
    }

    void use(int id) {
        if (get(id, USED) == 0) {
            set(id, USED, 1);
            memory.set(used + usedCount(), id);
            memory.add(usedCount, 1);
        }
    }

    void define(DirectBuffer event, int offset) {
        int id = EventHeader.instrumentId(event, offset);
        if (!isInRange(id)) {
            return;
        }
        definition.wrap(event, offset + 8, EventHeader.blockLength(event, offset), EventHeader.version(event, offset));
        set(id, GRID, EventHeader.gridVersion(event, offset) + 1L);
        set(id, UNIT, definition.tickMantissa() * definition.lotMantissa());
        set(id, UNIT_EXPONENT, definition.tickExponent() + definition.lotExponent());
        set(id, TICK, definition.tickMantissa());
        set(id, TICK_EXPONENT, definition.tickExponent());
        set(id, MIN_LOTS, definition.minQtyLots());
        set(id, MAX_LOTS, definition.maxQtyLots());
        set(id, MARKET_MAX_LOTS, definition.marketMaxQtyLots());
        set(id, QUOTE_ASSET, quoteAsset());
    }

    /** The last four letters of the symbol, or five where those are FDUSD: the venue's definition names no asset. */
    private long quoteAsset() {
        int length = definition.getSymbol(symbol, 0, symbol.length);
        boolean isFive = length > 5 && symbol[length - 5] == 'F' && symbol[length - 4] == 'D';
        long asset = 0;
        for (int i = Math.max(0, length - (isFive ? 5 : 4)), shift = 0; i < length; i++, shift += Byte.SIZE) {
            asset |= (symbol[i] & 0xFFL) << shift;
        }
        return asset;
    }

    /** Returns the notional at 1e-8 of the quote asset, rounded up; {@link Notional#TOO_LARGE} if it does not fit. */
    long notionalE8(int id, long ticks, long lots) {
        return Notional.e8(get(id, UNIT), (int) get(id, UNIT_EXPONENT), ticks, lots);
    }

    /** Returns a price of mantissa x 10^exponent in ticks, rounded down; 0 if it is out of range. */
    long ticks(int id, long mantissa, int exponent) {
        if (mantissa <= 0 || get(id, TICK) == 0) {
            return 0;
        }
        long scaled = Notional.scaled(mantissa, exponent - (int) get(id, TICK_EXPONENT));
        return scaled == Notional.TOO_LARGE ? 0 : scaled / get(id, TICK);
    }

    /** Books a fill into the position. */
    void fill(int id, long signedLots, long ticks) {
        long lots = get(id, LOTS);
        long magnitude = Math.abs(signedLots);
        use(id);
        add(id, FILLS, 1);
        set(id, LAST_FILL_TICKS, ticks);
        addCash(id, signedLots, ticks);
        boolean isSameWay = lots == 0 || (lots > 0) == (signedLots > 0);
        if (isSameWay) {
            set(id, OPEN_COST, sum(get(id, OPEN_COST), Notional.product(ticks, magnitude)));
        } else if (magnitude < Math.abs(lots)) {
            set(id, OPEN_COST, shareOf(get(id, OPEN_COST), Math.abs(lots) - magnitude, Math.abs(lots)));
        } else {
            set(id, OPEN_COST, Notional.product(ticks, magnitude - Math.abs(lots)));
        }
        set(id, LOTS, lots + signedLots);
    }

    /** Takes over the venue's position where fills do not explain it. */
    void adopt(int id, long lots, long entryTicks) {
        use(id);
        set(id, LOTS, lots);
        set(id, OPEN_COST, Notional.product(entryTicks, Math.abs(lots)));
        set(id, CASH_HIGH, 0);
        set(id, CASH_LOW, 0);
    }

    /** Returns the average price of what is open, rounded down, 0 for no position. */
    long entryTicks(int id) {
        long lots = Math.abs(get(id, LOTS));
        return lots == 0 ? 0 : get(id, OPEN_COST) / lots;
    }

    private void addCash(int id, long signedLots, long ticks) {
        long low = signedLots * ticks;
        long sum = get(id, CASH_LOW) + low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        set(id, CASH_HIGH, get(id, CASH_HIGH) + Math.multiplyHigh(signedLots, ticks) + carry);
        set(id, CASH_LOW, sum);
    }

    private static long sum(long first, long second) {
        long sum = first + second;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** Returns cost x part / whole without overflow for wholes below 2^31 lots. */
    private static long shareOf(long cost, long part, long whole) {
        return cost / whole * part + Notional.product(cost % whole, part) / whole;
    }
}

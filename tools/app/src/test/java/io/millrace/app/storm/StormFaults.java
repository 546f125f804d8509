package io.millrace.app.storm;

import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultDoor;
import io.millrace.exchange.faults.FaultKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Faults of all kinds from a seed: the kinds are dealt like cards, so that all of them come. All end by themselves within
 * seconds.
 */
final class StormFaults {
    private static final String[] METHODS = {
        "order.place",
        "order.cancel",
        "order.*",
        "algoOrder.place",
        "POST /fapi/v1/algoOrder",
        "DELETE /fapi/v1/algoOrder",
        "GET /fapi/v1/openOrders",
        "GET /fapi/v3/positionRisk",
        "GET /fapi/v1/userTrades",
        null
    };
    /** How many cards each kind has that happens to orders; each other has one. */
    private static final int CARDS_OF_ORDERS = 3;

    private static final int[] STATUSES = {403, 408, 500, 502, 503, 503, 504};
    private static final FaultDoor[] DOORS = FaultDoor.values();

    private final Random random;
    private final String account;
    private final List<String> symbols;
    private final String delisted;
    private final List<FaultKind> deck = new ArrayList<>();
    private boolean isDelisted;

    /**
     * Makes faults.
     *
     * @param seed of everything.
     * @param account that they are aimed at.
     * @param symbols of the venue; the last is delisted at some time.
     */
    StormFaults(long seed, String account, List<String> symbols) {
        this.random = new Random(seed);
        this.account = account;
        this.symbols = symbols;
        this.delisted = symbols.get(symbols.size() - 1);
    }

    /** Returns the next one. */
    Fault next() {
        if (deck.isEmpty()) {
            shuffle();
        }
        FaultKind kind = deck.remove(deck.size() - 1);
        Fault fault = Fault.of(kind);
        return switch (kind.target()) {
            case FRAME -> frame(fault);
            case DEPTH_REQUEST -> kind == FaultKind.DELAYED_SNAPSHOT ? brief(fault.amount(300)) : brief(fault);
            case REQUEST -> brief(fault.amount(STATUSES[random.nextInt(STATUSES.length)]));
            case CONNECTION -> brief(fault.amount(random.nextInt(3)));
            case ANSWER -> answer(fault);
            case CLOCK ->
                fault.with("drift", random.nextBoolean() ? 8_000 : -8_000).forMs(1_500);
            case KEY -> fault.onAccount(account).forMs(300 + random.nextInt(700));
            case OPERATION -> operation(fault);
            case EVENT -> event(fault);
            case CONDITIONAL -> brief(fault.times(1 + random.nextInt(2)));
            case MARKET -> market(fault);
        };
    }

    private void shuffle() {
        for (FaultKind kind : FaultKind.values()) {
            boolean isOfOrders = switch (kind.target()) {
                case ANSWER, EVENT, CONDITIONAL -> true;
                default -> false;
            };
            int cards = isOfOrders ? CARDS_OF_ORDERS : 1;
            deck.addAll(Collections.nCopies(kind == FaultKind.DELISTED && isDelisted ? 0 : cards, kind));
        }
        Collections.shuffle(deck, random);
    }

    /** Returns whether a fault keeps the engine from trading for a time: such ones wait until it trades. */
    static boolean isDisruptive(Fault fault) {
        return switch (fault.kind()) {
            case BANNED, RATE_LIMITED, CLOCK_DRIFT, API_KEY_EXPIRED, LISTEN_KEY_EXPIRED, DISCONNECTED, MAINTENANCE ->
                true;
            default -> false;
        };
    }

    private Fault brief(Fault fault) {
        return fault.times(1 + random.nextInt(3)).forMs(4_000);
    }

    private Fault frame(Fault fault) {
        boolean isLasting = fault.kind() == FaultKind.STALL || fault.kind() == FaultKind.SLOW;
        Fault aimed = fault.kind() == FaultKind.SLOW ? fault.amount(20_000) : fault;
        return isLasting ? aimed.on(symbol()).forMs(1_500) : brief(aimed);
    }

    private Fault answer(Fault fault) {
        Fault aimed = fault.onMethod(METHODS[random.nextInt(METHODS.length)]);
        return switch (fault.kind()) {
            case RATE_LIMITED -> brief(aimed.with("retryAfter", 1).with("orders", random.nextBoolean()));
            case BANNED -> aimed.with("retryAfter", 1).times(1).forMs(4_000);
            case ANSWER_LATE -> brief(aimed.with("delay", 100 + random.nextInt(3_000)));
            default -> brief(aimed);
        };
    }

    private Fault operation(Fault fault) {
        return switch (fault.kind()) {
            case LISTEN_KEY_EXPIRED -> fault.onAccount(account).with("silent", random.nextBoolean());
            case DISCONNECTED ->
                fault.on(DOORS[random.nextInt(DOORS.length)]).with("status", random.nextBoolean() ? 0 : 1001);
            default -> fault.with("reset", random.nextBoolean()).forMs(100 + random.nextInt(400));
        };
    }

    private Fault event(Fault fault) {
        Fault aimed = fault.onAccount(account);
        return brief(fault.kind() == FaultKind.EVENT_LATE ? aimed.with("delay", 50 + random.nextInt(2_000)) : aimed);
    }

    private Fault market(Fault fault) {
        int percent = 2 + random.nextInt(4);
        int signed = random.nextBoolean() ? percent : -percent;
        return switch (fault.kind()) {
            case LIQUIDITY_HOLE, HALTED -> fault.on(symbol()).forMs(500 + random.nextInt(1_000));
            case FLASH_CRASH -> fault.on(symbol()).with("percent", signed).with("over", 200);
            case MARK_OFF -> fault.on(symbol()).with("percent", signed).forMs(1_500);
            case BRACKETS_CHANGED, TICK_CHANGED -> fault.on(symbol()).forMs(2_000);
            case DELISTED -> {
                isDelisted = true;
                yield fault.on(delisted);
            }
            default -> fault.on(symbol());
        };
    }

    private String symbol() {
        int count = isDelisted ? symbols.size() - 1 : symbols.size();
        return symbols.get(random.nextInt(count));
    }
}

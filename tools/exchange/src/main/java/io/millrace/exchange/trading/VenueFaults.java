package io.millrace.exchange.trading;

import io.millrace.exchange.account.Account;
import io.millrace.exchange.api.RequestFaults;
import io.millrace.exchange.conditional.AlgoFaults;
import io.millrace.exchange.conditional.AlgoOrder;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultHand;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.faults.FaultTime;
import io.millrace.exchange.faults.Faults;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.userdata.AccountUpdate;
import io.millrace.exchange.userdata.AlgoUpdate;
import io.millrace.exchange.userdata.DeliveryFaults;
import io.millrace.exchange.userdata.OrderUpdate;
import io.millrace.exchange.userdata.PrivateEvent;
import io.millrace.exchange.userdata.TradeLite;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets a venue's private events, conditional orders and listen keys go wrong, gives faults the venue's time, and connects what is
 * done to its contracts.
 *
 * <p><b>Thread:</b> the venue's.
 */
public final class VenueFaults implements FaultHand, RequestFaults.Clients {
    private static final long NS_PER_MS = 1_000_000L;

    private final Faults faults;
    private final TradingVenue venue;
    // Looked up and never iterated, so its order does not matter.
    private final Map<Long, String> lateReasons = new HashMap<>();

    private VenueFaults(Faults faults, TradingVenue venue) {
        this.faults = faults;
        this.venue = venue;
    }

    /**
     * Makes the faults of a venue in process. Those of answers and sockets need a server.
     *
     * @param venue that has none yet.
     */
    public static Faults of(TradingVenue venue) {
        Faults faults = new Faults(Runnable::run, Map::of);
        connect(faults, venue);
        return faults;
    }

    /**
     * Connects faults to a venue.
     *
     * @param faults that go by the venue's time from now on.
     * @param venue that has none yet.
     */
    public static VenueFaults connect(Faults faults, TradingVenue venue) {
        VenueFaults hand = new VenueFaults(faults, venue);
        faults.connect(hand.new Time());
        faults.connect(hand);
        faults.connect(new ContractFaults(venue));
        venue.userData().setFaults(hand::fate);
        venue.algo().setFaults(hand.new Algos());
        return hand;
    }

    /** The venue's time, for faults. */
    private final class Time implements FaultTime {
        @Override
        public long nowMs() {
            return venue.nowMs();
        }

        @Override
        public void schedule(long dueMs, Runnable work) {
            venue.schedule(dueMs * NS_PER_MS, work);
        }

        @Override
        public List<String> symbols() {
            return venue.symbols().stream().map(SymbolSpec::symbol).toList();
        }
    }

    // --- clients

    @Override
    public String alias(int accountId) {
        return venue.accounts().account(accountId).alias();
    }

    @Override
    public List<String> aliases() {
        return venue.accounts().all().stream().map(Account::alias).toList();
    }

    /**
     * Returns a client's listen key, or null if it has none.
     *
     * @param alias of the client.
     */
    public String listenKey(String alias) {
        for (Account account : venue.accounts().all()) {
            if (account.alias().equals(alias)) {
                return venue.userData().listenKeyOf(account.id());
            }
        }
        return null;
    }

    // --- listen keys

    @Override
    public boolean takes(FaultKind kind) {
        return kind == FaultKind.LISTEN_KEY_EXPIRED
                || kind.target() == FaultKind.Target.EVENT
                || kind.target() == FaultKind.Target.CONDITIONAL;
    }

    @Override
    public void check(Fault fault) {
        String alias = fault.target().account();
        if (alias != null && !aliases().contains(alias)) {
            throw new IllegalArgumentException("fault " + fault.kind() + " with account=" + alias
                    + ": no client is called so, choose one of " + aliases());
        }
        String symbol = fault.symbol();
        if (symbol != null && venue.symbolIndex(symbol) < 0) {
            throw ContractFaults.unlisted(fault);
        }
    }

    @Override
    public void begin(ActiveFault fault) {
        boolean isSilent = fault.fault().flag("silent");
        for (Account account : venue.accounts().all()) {
            boolean hasKey = venue.userData().listenKeyOf(account.id()) != null;
            if (hasKey && fault.fault().target().isAtAccount(account.alias())) {
                expire(account.id(), isSilent);
                fault.hit(1);
            }
        }
    }

    private void expire(int accountId, boolean isSilent) {
        long nowNs = venue.clock().epochNs();
        if (!isSilent) {
            venue.userData().expireListenKey(accountId, nowNs);
            return;
        }
        try {
            venue.userData().closeListenKey(accountId, nowNs);
        } catch (VenueException e) {
            // It ran out by itself just now.
            assert venue.userData().listenKeyOf(accountId) == null;
        }
    }

    // --- private events

    private DeliveryFaults.Fate fate(int accountId, PrivateEvent event) {
        if (!faults.isArmed()) {
            return DeliveryFaults.Fate.DELIVERED;
        }
        ActiveFault struck = faults.strike(FaultKind.Target.EVENT, fault -> isAimedAt(fault, accountId, event));
        if (struck == null) {
            return DeliveryFaults.Fate.DELIVERED;
        }
        return switch (struck.fault().kind()) {
            case EVENT_LOST -> DeliveryFaults.Fate.LOST;
            case EVENT_LATE -> DeliveryFaults.Fate.late(struck.fault().number("delay") * NS_PER_MS);
            case EVENT_TWICE -> DeliveryFaults.Fate.DUPLICATED;
            default -> DeliveryFaults.Fate.SWAPPED;
        };
    }

    private boolean isAimedAt(Fault fault, int accountId, PrivateEvent event) {
        return (fault.target().event() == null || fault.target().event() == event.kind())
                && fault.target().isAtAccount(alias(accountId))
                && (fault.symbol() == null || isOf(fault.symbol(), event));
    }

    private boolean isOf(String symbol, PrivateEvent event) {
        int index = venue.symbolIndex(symbol);
        if (event instanceof OrderUpdate update) {
            return update.request().symbol() == index;
        }
        if (event instanceof TradeLite lite) {
            return lite.update().request().symbol() == index;
        }
        if (event instanceof AlgoUpdate update) {
            return update.request().symbol() == index;
        }
        return event instanceof AccountUpdate update
                && (update.symbol() == index
                        || update.positions().stream().anyMatch(position -> position.symbol() == index));
    }

    // --- conditional orders

    /** Lets conditional orders go wrong. */
    private final class Algos implements AlgoFaults {
        private ActiveFault strike(FaultKind kind, AlgoOrder order) {
            if (!faults.isArmed()) {
                return null;
            }
            String symbol = venue.rules(order.request().symbol()).spec().symbol();
            return faults.strike(
                    FaultKind.Target.CONDITIONAL,
                    fault -> fault.kind() == kind
                            && fault.target().isAtSymbol(symbol)
                            && fault.target().isAtAccount(alias(order.request().accountId())));
        }

        @Override
        public long lateRejectionNs(AlgoOrder order) {
            ActiveFault struck = strike(FaultKind.ALGO_REJECTED_LATE, order);
            if (struck == null) {
                return NO_REJECTION;
            }
            lateReasons.put(order.algoId(), struck.fault().text("reason"));
            return struck.fault().number("delay") * NS_PER_MS;
        }

        @Override
        public String lateRejectionReason(AlgoOrder order) {
            String reason = lateReasons.remove(order.algoId());
            return reason == null ? AlgoFaults.super.lateRejectionReason(order) : reason;
        }

        @Override
        public boolean isStuck(AlgoOrder order) {
            return strike(FaultKind.ALGO_STUCK, order) != null;
        }
    }
}

package io.millrace.exchange.trading;

import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultHand;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.venue.BracketTable;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.ContractStatus;
import io.millrace.exchange.venue.MarginBracket;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Does to contracts what faults want, and undoes it.
 *
 * <p><b>Thread:</b> the venue's.
 */
final class ContractFaults implements FaultHand {
    private static final long E8 = 100_000_000L;
    private static final long USUAL_HOLE_MS = 10_000;

    private final TradingVenue venue;
    // Looked up and never iterated, so its order does not matter.
    private final Map<Held, Hold> holds = new HashMap<>();

    /** What a fault holds; several may hold the same. */
    private record Held(FaultKind kind, int symbol) {}

    /** How a contract was before the first fault, and how many hold it. */
    private static final class Hold {
        private final ContractRules before;
        private int count;

        Hold(ContractRules before) {
            this.before = before;
        }
    }

    ContractFaults(TradingVenue venue) {
        this.venue = venue;
    }

    static IllegalArgumentException unlisted(Fault fault) {
        return new IllegalArgumentException("fault " + fault.kind() + " with symbol=" + fault.symbol()
                + ": no contract is called so, see exchangeInfo");
    }

    @Override
    public boolean takes(FaultKind kind) {
        return kind.target() == FaultKind.Target.MARKET;
    }

    @Override
    public void check(Fault fault) {
        boolean isOfRules = fault.kind() == FaultKind.BRACKETS_CHANGED || fault.kind() == FaultKind.TICK_CHANGED;
        if (!isOfRules && venue.market().shocks() == null) {
            throw new IllegalArgumentException("fault " + fault.kind()
                    + " cannot happen to a market that is played from a file, use a synthetic one");
        }
        if (fault.symbol() != null && venue.symbolIndex(fault.symbol()) < 0) {
            throw unlisted(fault);
        }
        if (fault.kind() == FaultKind.FUNDING_SPIKE) {
            contracts(fault).forEach(symbol -> fundingRateE8(fault, symbol));
        }
    }

    private List<Integer> contracts(Fault fault) {
        return fault.symbol() == null
                ? java.util.stream.IntStream.range(0, venue.symbols().size())
                        .boxed()
                        .toList()
                : List.of(venue.symbolIndex(fault.symbol()));
    }

    private long fundingRateE8(Fault fault, int symbol) {
        long capE8 = venue.rules(symbol).fundingCapE8();
        BigDecimal rate = new BigDecimal(fault.text("rate"));
        if (rate.signum() == 0) {
            return capE8;
        }
        long rateE8 = rate.multiply(BigDecimal.valueOf(E8)).longValue();
        if (rateE8 > capE8 || rateE8 < venue.rules(symbol).fundingFloorE8()) {
            throw new IllegalArgumentException("fault FUNDING_SPIKE with rate=" + rate + ": "
                    + venue.rules(symbol).spec().symbol() + " allows "
                    + BigDecimal.valueOf(venue.rules(symbol).fundingFloorE8(), 8) + " to "
                    + BigDecimal.valueOf(capE8, 8) + ", 0 is its cap");
        }
        return rateE8;
    }

    @Override
    public void begin(ActiveFault active) {
        FaultKind kind = active.fault().kind();
        for (int symbol : contracts(active.fault())) {
            if (!isOver(symbol)) {
                if (kind.isHeld()) {
                    holds.computeIfAbsent(new Held(kind, symbol), held -> new Hold(venue.rules(symbol))).count++;
                }
                begin(active.fault(), symbol);
                active.hit(1);
            }
        }
    }

    private boolean isOver(int symbol) {
        return venue.rules(symbol).deliveryDateMs() <= venue.nowMs();
    }

    private void begin(Fault fault, int symbol) {
        ContractOperations contracts = venue.contracts();
        switch (fault.kind()) {
            case LIQUIDITY_HOLE -> {
                long forMs = fault.timing().forMs();
                contracts.drain(symbol, (int) fault.number("keep"), forMs == 0 ? USUAL_HOLE_MS : forMs);
            }
            case FLASH_CRASH -> {
                long target = moved(venue.prices().bestBidTicks(symbol), fault.decimal("percent"));
                contracts.movePrice(symbol, target, fault.number("over"), fault.flag("lasting"));
            }
            case MARK_OFF ->
                contracts.pinMark(symbol, moved(venue.prices().markPrice(symbol), fault.decimal("percent")));
            case FUNDING_SPIKE -> contracts.forceFundingRate(symbol, fundingRateE8(fault, symbol));
            case BRACKETS_CHANGED ->
                contracts.changeBrackets(symbol, scaled(venue.rules(symbol).brackets(), fault.decimal("factor")));
            case TICK_CHANGED -> contracts.changeTick(symbol, fault.number("ticks"));
            case HALTED -> contracts.halt(symbol, ContractStatus.valueOf(fault.text("status")));
            default -> contracts.delist(symbol, venue.nowMs() + fault.number("notice"));
        }
    }

    private static long moved(long price, double percent) {
        return Math.max(1, Math.round(price * (1 + percent / 100)));
    }

    private static BracketTable scaled(BracketTable table, double factor) {
        long[][] rows = new long[table.brackets().size()][];
        for (int i = 0; i < rows.length; i++) {
            MarginBracket bracket = table.brackets().get(i);
            long rateE8 = Math.min(E8, Math.max(1, Math.round(bracket.maintenanceRateE8() * factor)));
            // A leverage at which the margin to open is below the one to keep makes no sense.
            int leverage = (int) Math.max(1, Math.min(bracket.maxLeverage(), E8 / rateE8));
            rows[i] = new long[] {bracket.capE8() / E8, rateE8, leverage};
        }
        return BracketTable.of(rows);
    }

    @Override
    public void end(ActiveFault active) {
        FaultKind kind = active.fault().kind();
        for (int symbol : contracts(active.fault())) {
            Held held = new Held(kind, symbol);
            Hold hold = holds.get(held);
            // While another fault holds the same, it stays.
            if (hold != null && --hold.count == 0) {
                holds.remove(held);
                end(kind, symbol, hold.before);
            }
        }
    }

    private void end(FaultKind kind, int symbol, ContractRules before) {
        if (isOver(symbol)) {
            return;
        }
        ContractOperations contracts = venue.contracts();
        switch (kind) {
            case MARK_OFF -> contracts.pinMark(symbol, 0);
            case BRACKETS_CHANGED -> contracts.changeBrackets(symbol, before.brackets());
            case TICK_CHANGED -> contracts.changeTick(symbol, before.priceStepTicks());
            default -> contracts.resume(symbol);
        }
    }
}

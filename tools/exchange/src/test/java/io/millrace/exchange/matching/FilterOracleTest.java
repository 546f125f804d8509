package io.millrace.exchange.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.QtyFilter;
import io.millrace.exchange.venue.VenueRandom;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random orders under random rules, each judged a second time by the venue's documentation alone, in decimals: what is accepted, and
 * otherwise which filter speaks first.
 */
class FilterOracleTest {
    private static final int ORDERS_UNDER_ONE_RULE = 500;
    private static final BigDecimal TICK = new BigDecimal("0.01");
    private static final BigDecimal LOT = new BigDecimal("0.001");
    private static final int ACCEPTED = 0;

    private final Desk desk = new Desk();
    private final Map<Integer, Integer> verdicts = new TreeMap<>();
    private VenueRandom random;

    @Test
    @Covers({
        "ERROR -4001",
        "ERROR -4002",
        "ERROR -4003",
        "ERROR -4004",
        "ERROR -4005",
        "ERROR -4013",
        "ERROR -4014",
        "ERROR -4016",
        "ERROR -4023",
        "ERROR -4024",
        "ERROR -4131",
        "ERROR -4164"
    })
    void shouldRefuseWhatTheRulesForbidAndNothingElse() {
        run(3, 40_000);
    }

    @Test
    @Tag("slow")
    void shouldRefuseWhatTheRulesForbidOverAMillionOrders() {
        run(4, 1_000_000);
    }

    private void run(long seed, int orders) {
        random = new VenueRandom(seed);
        for (int i = 0; i < orders; i++) {
            if (i % ORDERS_UNDER_ONE_RULE == 0) {
                changeRules();
            }
            OrderRequest request = request();
            int code = ACCEPTED;
            try {
                desk.engine.test(request, desk.nowMs);
            } catch (VenueException refusal) {
                code = refusal.code();
            }
            int order = i;
            assertEquals(
                    verdict(request),
                    code,
                    () -> "seed " + seed + ", order " + order + ": " + request + " at mark " + desk.markE8 + " under "
                            + desk.rules[0]);
            verdicts.merge(code, 1, Integer::sum);
        }
        System.out.printf("seed %d: verdicts on %,d orders %s%n", seed, orders, verdicts);
        for (int code : new int[] {
            ACCEPTED, -4001, -4002, -4013, -4014, -4003, -4004, -4005, -4023, -4016, -4024, -4164, -4131, -2022
        }) {
            assertTrue(verdicts.getOrDefault(code, 0) > orders / 2_000, code + " is too rare: " + verdicts);
        }
    }

    private void changeRules() {
        long step = 1L + random.nextInt(5);
        long min = step * (1 + random.nextInt(2_000));
        long max = random.nextInt(8) == 0 ? 0 : step * (12_000 + random.nextInt(10_000));
        desk.markE8 = 1_000_000L * (8_000 + random.nextInt(4_000)) + random.nextInt(1_000_000);
        desk.rules[0] = Desk.rules("BTCUSDT")
                .copy()
                .priceTicks(min, max)
                .priceStepTicks(step)
                .limitQty(filter())
                .marketQty(filter())
                .minNotionalE8(random.nextInt(4) == 0 ? 0 : 1_000_000L * random.nextInt(1_000))
                .multipliersE8(100_000_000L + random.nextInt(20_000_000), 100_000_000L - random.nextInt(20_000_000))
                .build();
        desk.level(true, 9_000 + random.nextInt(800), 100);
        desk.level(false, 9_900 + random.nextInt(2_500), 100);
    }

    private QtyFilter filter() {
        return new QtyFilter(1 + random.nextInt(30), 2_000 + random.nextInt(5_000), 1 + random.nextInt(4));
    }

    private OrderRequest request() {
        Side side = random.nextInt(2) == 0 ? Side.BUY : Side.SELL;
        // Account 1 is long, account 2 is flat.
        desk.position(1, 100_000);
        OrderRequest.Builder order =
                OrderRequest.of(1 + random.nextInt(2), Desk.BTC, side).reduceOnly(random.nextInt(6) == 0);
        boolean isMarket = random.nextInt(3) == 0;
        ContractRules rules = desk.rules[0];
        QtyFilter filter = isMarket ? rules.marketQty() : rules.limitQty();
        long lots = switch (random.nextInt(8)) {
            case 0 -> -random.nextInt(3);
            case 1 -> filter.minLots() - 1 + random.nextInt(3);
            case 2 -> filter.maxLots() - 1 + random.nextInt(3);
            default -> filter.minLots() + random.nextInt(1_000) * (random.nextInt(5) == 0 ? 1 : filter.stepLots());
        };
        return isMarket
                ? order.market(lots).build()
                : order.limit(lots, priceTicks(rules, side)).build();
    }

    private long priceTicks(ContractRules rules, Side side) {
        long mark = desk.markE8 / 1_000_000;
        long bound = mark * (side.isBuy() ? rules.multiplierUpE8() : rules.multiplierDownE8()) / 100_000_000;
        long ticks = switch (random.nextInt(9)) {
            case 0 -> -random.nextInt(3);
            case 1 -> rules.minPriceTicks() - 2 + random.nextInt(5);
            case 2 -> rules.maxPriceTicks() - 2 + random.nextInt(5);
            case 3, 4 -> bound - 5 + random.nextInt(11);
            default -> mark - 500 + random.nextInt(1_001);
        };
        return random.nextInt(6) == 0 ? ticks : ticks - ticks % rules.priceStepTicks();
    }

    /** Returns the code that the documentation asks for, its filters in the order in which the venue applies them. */
    private int verdict(OrderRequest request) {
        ContractRules rules = desk.rules[0];
        boolean isMarket = request.type() == OrderType.MARKET;
        BigDecimal mark = BigDecimal.valueOf(desk.markE8, 8);
        BigDecimal price = TICK.multiply(BigDecimal.valueOf(request.priceTicks()));
        BigDecimal qty = LOT.multiply(BigDecimal.valueOf(request.qtyLots()));
        int code = isMarket ? ACCEPTED : priceFilter(rules, price);
        code = code != ACCEPTED ? code : lotSize(isMarket ? rules.marketQty() : rules.limitQty(), qty);
        code = code != ACCEPTED || isMarket ? code : percentPrice(rules, request.side(), price, mark, -4016, -4024);
        BigDecimal notional = qty.multiply(isMarket ? mark : price);
        if (code == ACCEPTED
                && !request.reduceOnly()
                && notional.compareTo(BigDecimal.valueOf(rules.minNotionalE8(), 8)) < 0) {
            code = -4164;
        }
        if (code == ACCEPTED && request.reduceOnly() && (request.accountId() != 1 || request.side() == Side.BUY)) {
            code = -2022;
        }
        if (code == ACCEPTED && isMarket) {
            boolean isBid = !request.side().isBuy();
            BigDecimal best = TICK.multiply(BigDecimal.valueOf(desk.market.bestTicks(Desk.BTC, isBid)));
            code = percentPrice(rules, request.side(), best, mark, -4131, -4131);
        }
        return code;
    }

    private static int priceFilter(ContractRules rules, BigDecimal price) {
        BigDecimal min = TICK.multiply(BigDecimal.valueOf(rules.minPriceTicks()));
        BigDecimal max = TICK.multiply(BigDecimal.valueOf(rules.maxPriceTicks()));
        BigDecimal step = TICK.multiply(BigDecimal.valueOf(rules.priceStepTicks()));
        if (price.signum() <= 0) {
            return -4001;
        } else if (price.compareTo(min) < 0) {
            return -4013;
        } else if (max.signum() != 0 && price.compareTo(max) > 0) {
            return -4002;
        }
        return price.subtract(min).remainder(step).signum() == 0 ? ACCEPTED : -4014;
    }

    private static int lotSize(QtyFilter filter, BigDecimal qty) {
        BigDecimal min = LOT.multiply(BigDecimal.valueOf(filter.minLots()));
        if (qty.signum() <= 0) {
            return -4003;
        } else if (qty.compareTo(min) < 0) {
            return -4004;
        } else if (qty.compareTo(LOT.multiply(BigDecimal.valueOf(filter.maxLots()))) > 0) {
            return -4005;
        }
        BigDecimal step = LOT.multiply(BigDecimal.valueOf(filter.stepLots()));
        return qty.subtract(min).remainder(step).signum() == 0 ? ACCEPTED : -4023;
    }

    private static int percentPrice(
            ContractRules rules, Side side, BigDecimal price, BigDecimal mark, int tooHigh, int tooLow) {
        BigDecimal most = mark.multiply(BigDecimal.valueOf(rules.multiplierUpE8(), 8));
        BigDecimal least = mark.multiply(BigDecimal.valueOf(rules.multiplierDownE8(), 8));
        if (side.isBuy()) {
            return price.compareTo(most) > 0 ? tooHigh : ACCEPTED;
        }
        return price.compareTo(least) < 0 ? tooLow : ACCEPTED;
    }
}

package io.millrace.exchange.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codecs.value.Grid;
import io.millrace.exchange.account.Account;
import io.millrace.exchange.account.PositionView;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.userdata.AccountUpdate;
import io.millrace.exchange.userdata.OrderUpdate;
import io.millrace.exchange.venue.BracketTable;
import io.millrace.exchange.venue.SymbolSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The venue's published formulas worked out by hand, reached by trading: orders in, positions and wallets out. */
class WorkedCasesTest {
    private static final int BTC = 0;
    private static final int OTHER = 1;
    private static final long PRICE_TICKS = 600_000;
    private static final long E8 = Rig.E8;

    private Rig rig;
    private Account client;
    private Account maker;

    @BeforeEach
    void open() {
        open(100_000);
    }

    private void open(long otherTicks) {
        rig = quietRig(otherTicks);
        client = rig.venue.accounts().open("client");
        maker = rig.venue.accounts().open("maker");
        rig.venue.accounts().deposit(maker, 1_000_000_000L * E8);
        mark(BTC, "60000");
        mark(OTHER, "1000");
    }

    /** A market in which nothing happens by itself: bitcoin at 60,000 and another contract. */
    private static Rig quietRig(long otherTicks) {
        List<SymbolSpec> contracts = List.of(
                new SymbolSpec("BTCUSDT", "BTC", Grid.parse("0.10"), Grid.parse("0.001"), 2, 3, PRICE_TICKS - 1),
                new SymbolSpec("TESTUSDT", "TEST", Grid.parse("0.01"), Grid.parse("0.001"), 2, 3, otherTicks - 1));
        SyntheticSettings settings =
                SyntheticSettings.of(2, 1).withEventsPerSecond(1e-6).withJumpsPerHour(0);
        return new Rig(new SyntheticMarket(settings, contracts, Rig.START_NS), 1, 0, 0);
    }

    private static long e8(String decimal) {
        return new BigDecimal(decimal).movePointRight(8).longValueExact();
    }

    private static String text(long valueE8, int decimals) {
        return BigDecimal.valueOf(valueE8, 8)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private void mark(int symbol, String price) {
        rig.venue.contracts().pinMark(symbol, e8(price));
    }

    private void deposit(String usdt) {
        rig.venue.accounts().deposit(client, e8(usdt));
    }

    /** Trades between client and maker at exactly one price, the client as taker. */
    private Order trade(Side side, String qty, long ticks) throws VenueException {
        return trade(BTC, side, qty, ticks);
    }

    private Order trade(int symbol, Side side, String qty, long ticks) throws VenueException {
        long lots = new BigDecimal(qty).movePointRight(3).longValueExact();
        clear(symbol, side.opposite(), ticks);
        Order resting = rig.venue.place(OrderRequest.of(maker.id(), symbol, side.opposite())
                .limit(lots, ticks)
                .timeInForce(TimeInForce.GTX)
                .build());
        Order taking = rig.venue.place(OrderRequest.of(client.id(), symbol, side)
                .limit(lots, ticks)
                .timeInForce(TimeInForce.IOC)
                .build());
        assertEquals(lots, taking.executedLots(), () -> taking + " against " + resting);
        return taking;
    }

    /** Another account clears the way, so that the maker's order is the only one at the price. */
    private void clear(int symbol, Side makerSide, long ticks) throws VenueException {
        Account other = rig.venue.accounts().open("other");
        rig.venue.accounts().deposit(other, 100_000_000L * E8);
        rig.venue.place(OrderRequest.of(other.id(), symbol, makerSide.opposite())
                .limit(100_000, ticks)
                .timeInForce(TimeInForce.IOC)
                .build());
        rig.venue.place(OrderRequest.of(other.id(), symbol, makerSide)
                .limit(100_000, ticks)
                .timeInForce(TimeInForce.IOC)
                .build());
    }

    /** Withdraws all but some cross balance. */
    private void keep(String wallet) throws VenueException {
        long balance = rig.venue.accounts().balance(client).crossWalletBalance();
        rig.venue.accounts().withdraw(client, balance - e8(wallet));
    }

    private PositionView position() {
        return rig.venue.accounts().position(client, BTC);
    }

    @ParameterizedTest
    @CsvSource({"4.999, 1199.76", "5, 1200.00", "13.3, 3690.00", "50, 18000.00"})
    void shouldAskForMaintenanceMarginByTheBracketOfThePosition(String qty, String margin) throws VenueException {
        deposit("10000000");
        trade(Side.BUY, qty, PRICE_TICKS);
        assertEquals(margin, text(position().maintMargin(), 2));
    }

    @ParameterizedTest
    @CsvSource({
        "BUY, 1, 3000, 57228.9157",
        "SELL, 1, 3000, 62749.0040",
        "BUY, 20, 24000, 59109.2099",
        "BUY, 5.1, 12240, 57831.3253"
    })
    void shouldLiquidateIsolatedPositionsAtTheirPrice(Side side, String qty, String wallet, String price)
            throws VenueException {
        deposit("10000000");
        rig.venue.accounts().controls().setMarginType(client, BTC, true);
        rig.venue.accounts().controls().setLeverage(client, BTC, 50);
        trade(side, qty, PRICE_TICKS);
        long missing = e8(wallet) - position().position().isolatedMargin();
        if (missing != 0) {
            rig.venue.accounts().controls().changeMargin(client, BTC, Math.abs(missing), missing > 0);
        }
        assertEquals(price, text(position().liquidationPriceE8(), 4));
    }

    @ParameterizedTest
    @CsvSource({"BUY, 2, 10000, 55220.8835", "BUY, 0.1, 10000, 0.0000"})
    void shouldLiquidateCrossPositionsAtTheirPrice(Side side, String qty, String wallet, String price)
            throws VenueException {
        deposit("20000");
        trade(side, qty, PRICE_TICKS);
        keep(wallet);
        assertEquals(price, text(position().liquidationPriceE8(), 4));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0001, BUY, 60123.45, -12.024690",
        "0.0001, SELL, 60123.45, 12.024690",
        "-0.00025, BUY, 60123.45, 30.061725"
    })
    void shouldSettleFundingAtTheMarkPrice(String rate, Side side, String mark, String amount) throws VenueException {
        deposit("20000");
        trade(side, "2", PRICE_TICKS);
        long before = rig.venue.accounts().balance(client).crossWalletBalance();
        mark(BTC, mark);
        rig.venue.contracts().forceFundingRate(BTC, e8(rate));
        rig.pass(8 * 3_600_000L);
        assertEquals(amount, text(rig.venue.accounts().balance(client).crossWalletBalance() - before, 6));
        AccountUpdate update = rig.told(client.id(), AccountUpdate.class).stream()
                .filter(u -> u.reason() == AccountUpdate.Reason.FUNDING_FEE)
                .findFirst()
                .orElseThrow();
        assertEquals(amount, text(update.balances().get(0).change(), 6));
    }

    @Test
    void shouldChargeFeesOfTakerAndMakerAndRealizeTheGrossProfit() throws VenueException {
        deposit("20000");
        trade(Side.BUY, "2", PRICE_TICKS);
        mark(BTC, "60300");
        rig.venue.contracts().movePrice(BTC, PRICE_TICKS + 2990, 0, true);
        Order sale = rig.venue.place(OrderRequest.of(client.id(), BTC, Side.SELL)
                .limit(1000, PRICE_TICKS + 3000)
                .timeInForce(TimeInForce.GTX)
                .build());
        rig.venue.place(OrderRequest.of(maker.id(), BTC, Side.BUY)
                .limit(100_000, PRICE_TICKS + 3000)
                .timeInForce(TimeInForce.IOC)
                .build());
        assertEquals(1000, sale.executedLots());
        rig.pass(10);
        List<OrderUpdate> fills = rig.told(client.id(), OrderUpdate.class).stream()
                .filter(update -> update.fill().qtyLots() > 0)
                .toList();
        long bought = fills.stream()
                .filter(update -> !update.fill().isMaker())
                .mapToLong(update -> update.fill().commission())
                .sum();
        long sold = fills.stream()
                .filter(update -> update.fill().isMaker())
                .mapToLong(update -> update.fill().commission())
                .sum();
        long realized =
                fills.stream().mapToLong(update -> update.fill().realized()).sum();
        assertEquals("60.00", text(bought, 2));
        assertEquals("12.06", text(sold, 2));
        assertEquals("300.00", text(realized, 2));
        rig.venue.accounts().verify();
    }

    @ParameterizedTest
    @CsvSource({"BUY, 104800, 55948.7952", "SELL, 98400, 64815.7371"})
    void shouldCountOtherPositionsIntoTheCrossPrice(Side side, long otherTicks, String price) throws VenueException {
        open(otherTicks);
        rig.venue.contracts().changeBrackets(OTHER, BracketTable.of(new long[] {100_000_000, 1_000_000, 50}));
        deposit("20000");
        trade(BTC, side, "2", PRICE_TICKS);
        trade(OTHER, Side.BUY, "25", otherTicks);
        keep("10000");
        PositionView other = rig.venue.accounts().position(client, OTHER);
        assertEquals("250.00", text(other.maintMargin(), 2));
        assertEquals(side == Side.BUY ? "-1200.00" : "400.00", text(other.unrealizedProfit(), 2));
        assertEquals(price, text(position().liquidationPriceE8(), 4));
    }
}

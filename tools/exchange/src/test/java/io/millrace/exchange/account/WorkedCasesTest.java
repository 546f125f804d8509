package io.millrace.exchange.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.FeeTier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worked cases of the venue's formulas, to the digit, through orders, fills and settings. */
class WorkedCasesTest {
    private static final FeeTier NO_FEES = new FeeTier(0, 0, 0, 0);

    private final Rig rig = new Rig();
    private Account account;

    @BeforeEach
    void openAccount() {
        account = rig.accounts.open("client");
    }

    private PositionView position() {
        return rig.accounts.position(account, Rig.BTC);
    }

    private static String fourDecimals(long priceE8) {
        return Money.toDecimal(priceE8).setScale(4, RoundingMode.HALF_EVEN).toPlainString();
    }

    @ParameterizedTest
    @CsvSource({
        "4.999, 1, 1199.76",
        "5,     2, 1200.00",
        "13.3,  2, 3690.00",
        "50,    4, 18000.00",
    })
    void shouldChargeMaintenanceMarginByBracket(String qty, int bracket, BigDecimal expected) {
        rig.accounts.deposit(account, Money.parse("1000000"));

        rig.take(account, Rig.BTC, Side.BUY, qty, "60000");

        assertEquals(Money.of(expected), position().maintMargin());
        assertEquals(
                bracket,
                rig.rules.get(Rig.BTC).brackets().of(position().notional()).number());
        assertEquals(Money.of(expected), rig.accounts.balance(account).maintMargin(), "the account's only position");
    }

    @ParameterizedTest
    @CsvSource({
        "BUY,  1,   20, 3000,  57228.9157",
        "SELL, 1,   20, 3000,  62749.0040",
        "BUY,  20,  50, 24000, 59109.2099",
        "BUY,  5.1, 25, 12240, 57831.3253",
    })
    void shouldLiquidateIsolatedPositionAt(Side side, String qty, int leverage, String wallet, String expected)
            throws VenueException {
        rig.accounts.deposit(account, Money.parse("100000"));
        rig.accounts.controls().setMarginType(account, Rig.BTC, true);
        rig.accounts.controls().setLeverage(account, Rig.BTC, leverage);

        rig.take(account, Rig.BTC, side, qty, "60000");

        assertEquals(Money.parse(wallet), position().isolatedWallet());
        assertEquals(expected, fourDecimals(position().liquidationPriceE8()));
    }

    @ParameterizedTest
    @CsvSource({
        "BUY,  2,   55220.8835",
        "BUY,  0.1, 0.0000",
    })
    void shouldLiquidateCrossPositionAt(Side side, String qty, String expected) {
        account.fees(Rig.BTC, NO_FEES);
        rig.accounts.deposit(account, Money.parse("10000"));

        rig.take(account, Rig.BTC, side, qty, "60000");

        assertEquals(expected, fourDecimals(position().liquidationPriceE8()));
    }

    @ParameterizedTest
    @CsvSource({
        "BUY,  -1200, 55948.7952",
        "SELL, 400,   64815.7371",
    })
    void shouldCountOtherCrossPositions(Side side, String otherUnrealized, String expected) {
        account.fees(Rig.BTC, NO_FEES);
        account.fees(Rig.ETH, NO_FEES);
        rig.accounts.deposit(account, Money.parse("10000"));
        // 20 ETH at 2,500 are worth 50,000: 0.65 % less 75 is a maintenance margin of 250.
        rig.mark(Rig.ETH, "2500");
        BigDecimal entry = new BigDecimal("2500").subtract(new BigDecimal(otherUnrealized).divide(new BigDecimal(20)));
        rig.take(account, Rig.ETH, Side.BUY, "20", entry.toPlainString());
        assertEquals(Money.parse("250"), rig.accounts.position(account, Rig.ETH).maintMargin());
        assertEquals(
                Money.parse(otherUnrealized),
                rig.accounts.position(account, Rig.ETH).unrealizedProfit());

        rig.take(account, Rig.BTC, side, "2", "60000");

        assertEquals(expected, fourDecimals(position().liquidationPriceE8()));
    }

    @ParameterizedTest
    @CsvSource({
        "BUY,  0.0001,   -12.024690",
        "SELL, 0.0001,    12.024690",
        "BUY,  -0.00025,  30.061725",
    })
    void shouldSettleFunding(Side side, String rate, String expected) {
        account.fees(Rig.BTC, NO_FEES);
        rig.accounts.deposit(account, Money.parse("10000"));
        rig.take(account, Rig.BTC, side, "2", "60000");
        long before = account.crossWalletBalance();

        rig.accounts.onFunding(Rig.BTC, Money.parse(rate), Money.parse("60123.45"));

        assertEquals(Money.parse(expected), account.crossWalletBalance() - before);
        rig.accounts.verify();
    }

    @Test
    void shouldTakeCommissionsAndRealizeProfitGrossOfThem() {
        rig.accounts.deposit(account, Money.parse("10000"));

        rig.take(account, Rig.BTC, Side.BUY, "2", "60000");
        rig.make(account, Rig.BTC, Side.SELL, "1", "60300");

        Fill bought = rig.fills.get(0);
        Fill sold = rig.fills.get(1);
        assertEquals(Money.parse("60.00"), bought.commission());
        assertEquals(0, bought.realizedPnl());
        assertEquals(Money.parse("12.06"), sold.commission());
        assertEquals(Money.parse("300.00"), sold.realizedPnl());
        assertEquals(Money.parse("10227.94"), account.walletBalance());
        assertEquals(Money.parse("72.06"), rig.accounts.ledger().feePot().balance());
        rig.accounts.verify();
    }
}

package io.millrace.exchange.account;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.BracketTable;
import io.millrace.exchange.venue.FeeTier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {
    private final Rig rig = new Rig();
    private final Accounts accounts = rig.accounts;
    private final Account account = rig.account("client", "10000");

    private static void assertCode(int code, Executable action) {
        assertEquals(code, assertThrows(VenueException.class, action).code());
    }

    private OrderRequest limit(Side side, String qty, String price) {
        return OrderRequest.of(account.id(), Rig.BTC, side)
                .limit(rig.lots(Rig.BTC, qty), rig.ticks(Rig.BTC, price))
                .build();
    }

    // --- margin of orders

    @Test
    void shouldTakeOrdersAsLongAsTheirMarginIsAvailable() throws VenueException {
        // 20 x 10,000 are 200,000: 3.333 BTC at 60,000 need 9,999; one lot more would need 10,002.
        accounts.checkMargin(limit(Side.BUY, "3.333", "60000"), 0);
        assertCode(-2019, () -> accounts.checkMargin(limit(Side.BUY, "3.334", "60000"), 0));

        Order order = rig.rest(account, Rig.BTC, Side.BUY, "3", "60000");
        assertEquals(Money.parse("9000"), accounts.balance(account).openOrderInitialMargin());
        assertEquals(Money.parse("1000"), accounts.balance(account).availableBalance());
        accounts.checkMargin(limit(Side.BUY, "0.333", "60000"), 0);
        assertCode(-2019, () -> accounts.checkMargin(limit(Side.BUY, "0.334", "60000"), 0));

        rig.cancel(order);
        assertEquals(Money.parse("10000"), accounts.balance(account).availableBalance());
    }

    @Test
    void shouldChargeTheGreaterOfBothSides() throws VenueException {
        rig.rest(account, Rig.BTC, Side.BUY, "2", "60000");
        accounts.checkMargin(limit(Side.SELL, "2", "60000"), 0);
        rig.rest(account, Rig.BTC, Side.SELL, "2", "60000");

        assertEquals(Money.parse("6000"), accounts.balance(account).openOrderInitialMargin());
        assertEquals(
                Money.parse("120000"),
                accounts.position(account, Rig.BTC).position().bidNotional());
        assertEquals(
                Money.parse("120000"),
                accounts.position(account, Rig.BTC).position().askNotional());
    }

    @Test
    void shouldTakeReducingOrdersWithoutMargin() throws VenueException {
        account.fees(Rig.BTC, new FeeTier(0, 0, 0, 0));
        rig.take(account, Rig.BTC, Side.BUY, "3.333", "60000");
        rig.mark(Rig.BTC, "59000");
        assertEquals(0, accounts.balance(account).availableBalance());

        accounts.checkMargin(limit(Side.SELL, "3.333", "59000"), 0);
        accounts.checkMargin(limit(Side.SELL, "6.666", "59000"), 0);
        assertCode(-2019, () -> accounts.checkMargin(limit(Side.SELL, "6.7", "59000"), 0));
        assertCode(-2019, () -> accounts.checkMargin(limit(Side.BUY, "0.001", "59000"), 0));
    }

    @Test
    void shouldChargeWhatAnOrderWouldLoseAtOnce() throws VenueException {
        // 1 BTC at 61,000: 3,050 of margin and 1,000 lost at the mark price of 60,000.
        accounts.withdraw(account, Money.parse("5950"));
        accounts.checkMargin(limit(Side.BUY, "1", "61000"), 0);
        accounts.withdraw(account, 1);
        assertCode(-2019, () -> accounts.checkMargin(limit(Side.BUY, "1", "61000"), 0));
    }

    @Test
    void shouldValueMarketOrdersAtTheReferencePrice() throws VenueException {
        OrderRequest market = OrderRequest.of(account.id(), Rig.BTC, Side.BUY)
                .market(rig.lots(Rig.BTC, "3.333"))
                .build();
        accounts.checkMargin(market, rig.ticks(Rig.BTC, "60000"));
        assertCode(-2019, () -> accounts.checkMargin(market, rig.ticks(Rig.BTC, "60010")));
    }

    @Test
    void shouldRefusePositionsBeyondTheBracketOfTheLeverage() throws VenueException {
        accounts.deposit(account, Money.parse("1000000"));
        accounts.controls().setLeverage(account, Rig.BTC, 125);
        accounts.checkMargin(limit(Side.BUY, "5", "60000"), 0);
        assertCode(-2027, () -> accounts.checkMargin(limit(Side.BUY, "5.001", "60000"), 0));
        rig.take(account, Rig.BTC, Side.BUY, "5", "60000");
        accounts.checkMargin(limit(Side.SELL, "10", "60000"), 0);
        assertCode(-2027, () -> accounts.checkMargin(limit(Side.BUY, "0.001", "60000"), 0));
    }

    @Test
    @Covers({"ERROR -4088"})
    void shouldRefuseOrdersOfAnAccountThatMayNotTrade() {
        account.canTrade(false);
        assertCode(-4088, () -> accounts.checkMargin(limit(Side.BUY, "0.001", "60000"), 0));
    }

    // --- settings

    @Test
    void shouldBoundLeverage() throws VenueException {
        AccountControls controls = accounts.controls();
        assertEquals(Money.parse("300000"), controls.setLeverage(account, Rig.BTC, 125));
        assertEquals(Money.parse("70000000"), controls.setLeverage(account, Rig.BTC, 1));
        assertCode(-4028, () -> controls.setLeverage(account, Rig.BTC, 0));
        assertCode(-4028, () -> controls.setLeverage(account, Rig.BTC, 126));
        assertCode(-4028, () -> controls.setLeverage(account, Rig.ETH, 101));
        assertEquals(List.of("leverage 0 0 125", "leverage 0 0 1"), rig.log);
    }

    @Test
    void shouldRefuseLeverageThatPositionOrMarginDoNotAllow() throws VenueException {
        AccountControls controls = accounts.controls();
        accounts.deposit(account, Money.parse("50000"));
        rig.take(account, Rig.BTC, Side.BUY, "10", "60000");
        assertCode(-2027, () -> controls.setLeverage(account, Rig.BTC, 101));
        controls.setLeverage(account, Rig.BTC, 100);
        assertCode(-2028, () -> controls.setLeverage(account, Rig.BTC, 10));
        assertEquals(100, account.position(Rig.BTC).leverage());
    }

    @Test
    void shouldNotLowerLeverageOfAnIsolatedPosition() throws VenueException {
        AccountControls controls = accounts.controls();
        controls.setMarginType(account, Rig.BTC, true);
        rig.take(account, Rig.BTC, Side.BUY, "1", "60000");
        assertCode(-4161, () -> controls.setLeverage(account, Rig.BTC, 19));
        controls.setLeverage(account, Rig.BTC, 21);
    }

    @Test
    void shouldChangeMarginTypeOnlyWhenFlatAndWithoutOrders() throws VenueException {
        AccountControls controls = accounts.controls();
        assertCode(-4046, () -> controls.setMarginType(account, Rig.BTC, false));
        Order order = rig.rest(account, Rig.BTC, Side.BUY, "1", "59000");
        assertCode(-4047, () -> controls.setMarginType(account, Rig.BTC, true));
        rig.cancel(order);
        rig.take(account, Rig.BTC, Side.BUY, "1", "60000");
        assertCode(-4048, () -> controls.setMarginType(account, Rig.BTC, true));
        rig.take(account, Rig.BTC, Side.SELL, "1", "60000");
        controls.setMarginType(account, Rig.BTC, true);
        AccountUpdate update = rig.updates.get(rig.updates.size() - 1);
        assertEquals(UpdateReason.MARGIN_TYPE_CHANGE, update.reason());
        assertTrue(update.positions().get(0).isIsolated());
    }

    @Test
    void shouldMoveIsolatedMargin() throws VenueException {
        AccountControls controls = accounts.controls();
        assertCode(-4055, () -> controls.changeMargin(account, Rig.BTC, 0, true));
        assertCode(-4049, () -> controls.changeMargin(account, Rig.BTC, 1, true));
        controls.setMarginType(account, Rig.BTC, true);
        assertCode(-4054, () -> controls.changeMargin(account, Rig.BTC, 1, true));
        account.fees(Rig.BTC, new FeeTier(0, 0, 0, 0));
        rig.take(account, Rig.BTC, Side.BUY, "1", "60000");

        assertCode(-4050, () -> controls.changeMargin(account, Rig.BTC, Money.parse("7000.00000001"), true));
        controls.changeMargin(account, Rig.BTC, Money.parse("1000"), true);
        assertEquals(Money.parse("4000"), account.position(Rig.BTC).isolatedMargin());
        assertEquals(Money.parse("6000"), account.crossWalletBalance());
        assertCode(-4051, () -> controls.changeMargin(account, Rig.BTC, Money.parse("1000.00000001"), false));
        controls.changeMargin(account, Rig.BTC, Money.parse("1000"), false);
        assertEquals(Money.parse("3000"), account.position(Rig.BTC).isolatedMargin());
        assertEquals(2, account.marginChanges().size());
        accounts.verify();
    }

    @Test
    void shouldRefuseHedgeModeAndMultiAssetsMode() throws VenueException {
        AccountControls controls = accounts.controls();
        assertCode(-4059, () -> controls.setHedgeMode(account, false));
        assertCode(-4084, () -> controls.setHedgeMode(account, true));
        rig.take(account, Rig.BTC, Side.BUY, "1", "60000");
        assertCode(-4068, () -> controls.setHedgeMode(account, true));
        rig.rest(account, Rig.BTC, Side.BUY, "0.1", "59000");
        assertCode(-4067, () -> controls.setHedgeMode(account, true));
        assertCode(-4171, () -> controls.setMultiAssets(false));
        assertCode(-4084, () -> controls.setMultiAssets(true));
        AccountControls.checkPositionSide("BOTH");
        AccountControls.checkPositionSide(null);
        assertCode(-4061, () -> AccountControls.checkPositionSide("LONG"));
        assertCode(-4060, () -> AccountControls.checkPositionSide("both"));
    }

    // --- positions and money

    @Test
    void shouldTurnAPositionOver() {
        rig.take(account, Rig.BTC, Side.BUY, "1", "60000");
        rig.take(account, Rig.BTC, Side.SELL, "1.5", "60100");

        Position position = account.position(Rig.BTC);
        assertEquals(-500, position.lots());
        assertEquals(Money.parse("60100"), position.entryPriceE8());
        assertEquals(Money.parse("100"), position.realizedPnl());
        // Only the half that opened counts: 60,100 x (1 - 0.05 %).
        assertEquals(Money.parse("60069.95"), position.breakEvenPriceE8());
        accounts.verify();
    }

    @Test
    void shouldReturnMarginAndProfitOfAnIsolatedPositionInProportion() throws VenueException {
        accounts.controls().setMarginType(account, Rig.BTC, true);
        account.fees(Rig.BTC, new FeeTier(0, 0, 0, 0));
        rig.take(account, Rig.BTC, Side.BUY, "1", "60000");
        assertEquals(Money.parse("7000"), account.crossWalletBalance());

        rig.take(account, Rig.BTC, Side.SELL, "0.4", "60500");
        assertEquals(Money.parse("1800"), account.position(Rig.BTC).isolatedMargin());
        assertEquals(Money.parse("8400"), account.crossWalletBalance());

        rig.take(account, Rig.BTC, Side.SELL, "0.6", "57000");
        assertEquals(0, account.position(Rig.BTC).isolatedMargin());
        assertEquals(Money.parse("8400"), account.crossWalletBalance());
        assertEquals(Money.parse("8400"), account.walletBalance());
        accounts.verify();
    }

    @Test
    void shouldLeaveLossesAboveItsShareWithTheRestOfAnIsolatedPosition() throws VenueException {
        accounts.controls().setMarginType(account, Rig.BTC, true);
        account.fees(Rig.BTC, new FeeTier(0, 0, 0, 0));
        rig.take(account, Rig.BTC, Side.BUY, "1", "60000");

        rig.take(account, Rig.BTC, Side.SELL, "0.5", "56000");

        assertEquals(Money.parse("1000"), account.position(Rig.BTC).isolatedMargin());
        assertEquals(Money.parse("7000"), account.crossWalletBalance());
    }

    @Test
    void shouldTradeBetweenTwoClients() {
        Account maker = rig.account("maker", "10000");
        Order resting = rig.rest(maker, Rig.BTC, Side.SELL, "1", "60000");
        Order taker = rig.order(account, Rig.BTC, Side.BUY, 400, rig.ticks(Rig.BTC, "60000"), false);
        accounts.onNew(taker);

        rig.fill(taker, resting, 400, rig.ticks(Rig.BTC, "60000"));

        assertEquals(-400, accounts.positionLots(maker.id(), Rig.BTC));
        assertEquals(400, accounts.positionLots(account.id(), Rig.BTC));
        assertEquals(Money.parse("36000"), maker.position(Rig.BTC).askNotional());
        assertEquals(1, maker.position(Rig.BTC).openOrders());
        assertEquals(0, account.position(Rig.BTC).openOrders());
        assertEquals(Money.parse("9995.2"), maker.walletBalance());
        assertEquals(Money.parse("9988"), account.walletBalance());
        accounts.verify();
    }

    @Test
    void shouldWriteIncomeHistory() throws VenueException {
        rig.take(account, Rig.BTC, Side.BUY, "1", "60000");
        rig.take(account, Rig.BTC, Side.SELL, "1", "60100");
        accounts.onFunding(Rig.BTC, Money.parse("0.0001"), Money.parse("60000"));
        accounts.withdraw(account, Money.parse("100"));

        List<Income> rows = account.incomes().find(IncomeHistory.Query.all());
        assertEquals(
                List.of(
                        IncomeType.TRANSFER,
                        IncomeType.COMMISSION,
                        IncomeType.COMMISSION,
                        IncomeType.REALIZED_PNL,
                        IncomeType.TRANSFER),
                rows.stream().map(Income::type).toList());
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L), rows.stream().map(Income::tranId).toList());
        assertEquals(
                account.walletBalance(), rows.stream().mapToLong(Income::amount).sum());
        assertEquals(
                1,
                account.incomes()
                        .find(new IncomeHistory.Query(Rig.BTC, IncomeType.REALIZED_PNL, 1, Long.MAX_VALUE, 1, 100))
                        .size());
        assertEquals(
                rows.subList(3, 5), account.incomes().find(new IncomeHistory.Query(-1, null, 0, Long.MAX_VALUE, 1, 2)));
        assertEquals(
                rows.subList(2, 4), account.incomes().find(new IncomeHistory.Query(-1, null, 1, Long.MAX_VALUE, 2, 2)));
    }

    @Test
    @Covers({"ERROR -2018"})
    void shouldNotWithdrawUnrealizedProfitOrMargin() {
        account.fees(Rig.BTC, new FeeTier(0, 0, 0, 0));
        rig.take(account, Rig.BTC, Side.BUY, "1", "60000");
        rig.mark(Rig.BTC, "62000");
        assertEquals(Money.parse("8900"), accounts.balance(account).availableBalance());
        assertEquals(Money.parse("6900"), accounts.balance(account).maxWithdrawAmount());
        assertCode(-2018, () -> accounts.withdraw(account, Money.parse("6900.00000001")));
        assertCode(-4055, () -> accounts.withdraw(account, 0));
    }

    @Test
    void shouldTellFundingOfCrossedPositionsWithoutThePosition() throws VenueException {
        rig.take(account, Rig.BTC, Side.BUY, "1", "60000");
        accounts.controls().setMarginType(account, Rig.ETH, true);
        rig.take(account, Rig.ETH, Side.BUY, "1", "3000");
        accounts.onFunding(Rig.BTC, Money.parse("0.0001"), Money.parse("60000"));
        accounts.onFunding(Rig.ETH, Money.parse("0.0001"), Money.parse("3000"));

        int count = rig.updates.size();
        AccountUpdate crossed = rig.updates.get(count - 2);
        AccountUpdate isolated = rig.updates.get(count - 1);
        assertEquals(UpdateReason.FUNDING_FEE, crossed.reason());
        assertEquals(List.of(), crossed.positions());
        assertEquals(Money.parse("-6"), crossed.balanceChange());
        assertEquals(Rig.ETH, isolated.positions().get(0).symbol());
        assertEquals(Money.parse("149.7"), isolated.positions().get(0).isolatedWallet());
        accounts.verify();
    }

    @Test
    void shouldUseFeesOfTheTierOrTheAccountsOwn() {
        account.feeTier(1);
        rig.take(account, Rig.BTC, Side.BUY, "1", "60000");
        rig.make(account, Rig.BTC, Side.SELL, "1", "60000");
        account.fees(Rig.BTC, new FeeTier(0, -1_000, 10_000, 0));
        rig.take(account, Rig.BTC, Side.BUY, "1", "60000");
        rig.make(account, Rig.BTC, Side.SELL, "1", "60000");

        assertEquals(
                List.of(Money.parse("24"), Money.parse("9.6"), Money.parse("6"), Money.parse("-0.6")),
                rig.fills.stream().map(Fill::commission).toList());
        accounts.verify();
    }

    @Test
    void shouldFollowAChangeOfBrackets() {
        rig.take(account, Rig.BTC, Side.BUY, "1", "60000");
        accounts.rules(
                Rig.BTC,
                rig.rules.get(Rig.BTC).withBrackets(BracketTable.of(new long[] {50_000, 1_000_000, 20}, new long[] {
                    100_000, 2_000_000, 10
                })));
        assertEquals(Money.parse("700"), accounts.position(account, Rig.BTC).maintMargin());
    }

    @Test
    void shouldCheckAnAmendmentInPlaceOfTheOrder() throws VenueException {
        Order order = rig.rest(account, Rig.BTC, Side.BUY, "3", "60000");
        accounts.checkAmend(order, rig.lots(Rig.BTC, "3.333"), rig.ticks(Rig.BTC, "60000"));
        assertCode(-2019, () -> accounts.checkAmend(order, rig.lots(Rig.BTC, "3.334"), rig.ticks(Rig.BTC, "60000")));
    }

    // --- keys

    @Test
    void shouldKeepKeysApart() {
        ApiKey key = accounts.addHmacKey(account, "KEY", "secret", false);
        assertEquals(KeyType.HMAC, accounts.key("KEY").type());
        assertArrayEquals(
                "secret".getBytes(StandardCharsets.UTF_8), key.verifier().getEncoded());
        assertEquals(account.id(), key.accountId());
        assertFalse(key.isTradeAllowed());
        assertThrows(IllegalArgumentException.class, () -> accounts.addHmacKey(account, "KEY", "other", true));
        assertTrue(accounts.removeKey("KEY"));
        assertNull(accounts.key("KEY"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "RSA"})
    void shouldReadPublicKeys(String algorithm) throws GeneralSecurityException {
        PublicKey original =
                KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(original.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";

        ApiKey key = accounts.addPublicKey(account, algorithm, ApiKey.parsePublicKey(pem), true);

        assertEquals(original, key.verifier());
        assertEquals(algorithm.equals("RSA") ? KeyType.RSA : KeyType.ED25519, key.type());
        assertThrows(IllegalArgumentException.class, () -> ApiKey.parsePublicKey("AAAA"));
    }
}

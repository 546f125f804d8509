package io.millrace.exchange.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.FeeTier;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiquidationTest {
    private static final FeeTier NO_FEES = new FeeTier(0, 0, 0, 0);

    private final Rig rig = new Rig();
    private final Accounts accounts = rig.accounts;

    @AfterEach
    void verifyBooks() {
        accounts.verify();
    }

    private Account client(String name, String usdt) {
        Account account = rig.account(name, usdt);
        account.fees(Rig.BTC, NO_FEES);
        account.fees(Rig.ETH, NO_FEES);
        return account;
    }

    private Account isolatedLong() throws VenueException {
        Account account = client("victim", "10000");
        accounts.controls().setMarginType(account, Rig.BTC, true);
        rig.take(account, Rig.BTC, Side.BUY, "1", "60000");
        return account;
    }

    private void mark(String price) {
        rig.mark(Rig.BTC, price);
        accounts.onMark(Rig.BTC);
    }

    private long fund() {
        return accounts.ledger().insuranceFund().balance();
    }

    @Test
    void shouldLiquidateAtTheLiquidationPriceAndNotBefore() throws VenueException {
        Account victim = isolatedLong();
        rig.rest(victim, Rig.BTC, Side.SELL, "0.5", "61000");
        rig.rest(victim, Rig.ETH, Side.BUY, "0.5", "2900");
        rig.marketTicks = rig.ticks(Rig.BTC, "57100");

        mark("57228.91566266");
        assertFalse(rig.log.stream().anyMatch(line -> line.startsWith("liquidation")), rig.log.toString());
        rig.log.clear();
        mark("57228.91566265");

        assertEquals(List.of("expired 0 order 2", "liquidation 0 SELL 1000 @ 570000 autoclose-1 IOC"), rig.log);
        assertEquals(0, victim.position(Rig.BTC).lots());
        assertEquals(1, victim.position(Rig.ETH).openOrders(), "other contracts are left alone");
        // 3,000 less the loss of 2,900: the fee of 1.25 % is more than what is left.
        assertEquals(Money.parse("100"), fund());
        assertEquals(Money.parse("7000"), victim.walletBalance());
        assertEquals(0, victim.position(Rig.BTC).isolatedMargin());
        assertFalse(victim.isInLiquidation());
        assertEquals(1, victim.forcedFills().size());
        assertEquals(0, victim.forcedFills().get(0).commission());
    }

    @Test
    void shouldReturnWhatTheClearanceFeeLeaves() throws VenueException {
        accounts.rules(
                Rig.BTC,
                rig.rules
                        .get(Rig.BTC)
                        .copy()
                        .liquidationFeeE8(Money.parse("0.001"))
                        .build());
        Account victim = isolatedLong();
        rig.marketTicks = rig.ticks(Rig.BTC, "57200");

        mark("57200");

        assertEquals(Money.parse("57.2"), fund());
        assertEquals(Money.parse("7142.8"), victim.walletBalance(), "7,000 and 3,000 - 2,800 - 57.2");
        Income fee = victim.incomes()
                .find(IncomeHistory.Query.all())
                .get(victim.incomes().size() - 1);
        assertEquals(
                IncomeType.REALIZED_PNL,
                victim.incomes().find(IncomeHistory.Query.all()).get(1).type());
        assertEquals(IncomeType.INSURANCE_CLEAR, fee.type());
        assertEquals(Money.parse("-57.2"), fee.amount());
    }

    @Test
    void shouldGiveWhatTheBookDoesNotTakeToTheInsuranceFund() throws VenueException {
        accounts.endowInsuranceFund(Money.parse("1000"));
        Account victim = isolatedLong();
        rig.marketLots = 0;

        mark("57200");

        assertEquals(
                List.of(
                        "liquidation 0 SELL 1000 @ 570000 autoclose-1 IOC",
                        "taken over 0 SELL 1000 @ 570000 autoclose-2"),
                rig.log);
        assertEquals(Money.parse("1200"), fund(), "bought at 57,000, worth 57,200");
        assertEquals(Money.parse("7000"), victim.walletBalance());
        assertTrue(victim.forcedFills().get(0).isOffBook());
        assertEquals(Money.parse("-3000"), victim.forcedFills().get(0).realizedPnl());
    }

    @Test
    void shouldLetTheFundPayTheLossBeyondBankruptcy() throws VenueException {
        accounts.endowInsuranceFund(Money.parse("1000"));
        Account victim = isolatedLong();
        rig.marketTicks = rig.ticks(Rig.BTC, "56000");

        mark("56000");

        assertEquals(0, fund(), "1,000 a BTC below the bankruptcy price of 57,000");
        assertEquals(Money.parse("7000"), victim.walletBalance());
    }

    @Test
    void shouldDeleverageInRankOrderWhenTheFundCannotPay() throws VenueException {
        accounts.endowInsuranceFund(Money.parse("999.99"));
        Account victim = isolatedLong();
        Account careful = client("careful", "100000");
        Account daring = client("daring", "4000");
        Account same = client("same", "100000");
        rig.take(careful, Rig.BTC, Side.SELL, "0.7", "60000");
        rig.take(daring, Rig.BTC, Side.SELL, "0.6", "60000");
        rig.take(same, Rig.BTC, Side.BUY, "0.5", "50000");
        rig.rest(daring, Rig.BTC, Side.BUY, "0.1", "50000");
        rig.rest(careful, Rig.ETH, Side.BUY, "0.1", "2000");
        rig.marketLots = 0;
        rig.log.clear();
        rig.mark(Rig.BTC, "56000");
        assertEquals(2, accounts.position(daring, Rig.BTC).adl());
        assertEquals(0, accounts.position(careful, Rig.BTC).adl());

        accounts.onMark(Rig.BTC);

        assertEquals(
                List.of(
                        "liquidation 0 SELL 1000 @ 570000 autoclose-1 IOC",
                        "expired 2 order 5",
                        "taken over 0 SELL 600 @ 570000 autoclose-3",
                        "adl 2 BUY 600 @ 570000 adl_autoclose-2",
                        "taken over 0 SELL 400 @ 570000 autoclose-5",
                        "adl 1 BUY 400 @ 570000 adl_autoclose-4"),
                rig.log);
        assertEquals(Money.parse("5800"), daring.walletBalance(), "0.6 x 3,000 without commission");
        assertEquals(Money.parse("101200"), careful.walletBalance());
        assertEquals(-300, careful.position(Rig.BTC).lots());
        assertEquals(1, careful.position(Rig.ETH).openOrders(), "orders in other contracts stay");
        assertEquals(500, same.position(Rig.BTC).lots());
        assertEquals(Money.parse("999.99"), fund());
        assertEquals(Money.parse("7000"), victim.walletBalance());
        assertTrue(daring.forcedFills().get(0).order().isAdl());
    }

    @Test
    void shouldLeaveToTheMarketWhatNobodyElseCanTake() throws VenueException {
        Account victim = isolatedLong();
        rig.marketLots = 0;

        mark("56000");

        assertEquals(0, fund());
        assertEquals(Money.parse("7000"), victim.walletBalance());
        assertEquals(0, victim.position(Rig.BTC).lots());
    }

    @Test
    void shouldReduceBracketByBracketAndStopWhenTheMarginIsEnough() {
        accounts.rules(
                Rig.BTC, rig.rules.get(Rig.BTC).copy().liquidationFeeE8(0).build());
        Account victim = client("victim", "6000");
        rig.take(victim, Rig.BTC, Side.BUY, "20", "60000");
        rig.marketTicks = rig.ticks(Rig.BTC, "60000");
        assertEquals(Money.parse("6300"), accounts.position(victim, Rig.BTC).maintMargin());

        accounts.onMark(Rig.BTC);

        // 13.333 BTC are the most below the floor of 800,000; 59,700 leaves nothing of 6,000 on 20 BTC.
        assertEquals(List.of("liquidation 0 SELL 6667 @ 597000 autoclose-1 IOC"), rig.log);
        assertEquals(13_333, victim.position(Rig.BTC).lots());
        assertEquals(Money.parse("3699.9"), accounts.position(victim, Rig.BTC).maintMargin());
    }

    @Test
    void shouldLiquidateCrossedPositionsLargestLossFirstAndCancelAllOrders() {
        Account victim = client("victim", "2000");
        rig.take(victim, Rig.BTC, Side.BUY, "0.4", "60000");
        rig.take(victim, Rig.ETH, Side.SELL, "5", "3000");
        rig.rest(victim, Rig.BTC, Side.SELL, "0.1", "61000");
        rig.rest(victim, Rig.ETH, Side.BUY, "0.1", "2900");
        rig.mark(Rig.ETH, "3010");

        mark("55100");

        // 2,000 - 1,960 - 50 is below zero: at the price that leaves nothing of the account there is a fill for 0.4
        // BTC.
        assertEquals(
                List.of("expired 0 order 3", "expired 0 order 4", "liquidation 0 SELL 400 @ 551250 autoclose-1 IOC"),
                rig.log.subList(0, 3));
        assertTrue(rig.log.get(3).startsWith("liquidation 0 BUY 5000 @ 301000 "), rig.log.toString());
        assertEquals(0, victim.position(Rig.BTC).lots());
        assertEquals(0, victim.position(Rig.ETH).lots());
        assertEquals(0, victim.walletBalance());
    }

    @Test
    @Covers({"ERROR -2023"})
    void shouldRefuseOrdersDuringLiquidation() throws VenueException {
        Account victim = isolatedLong();
        OrderRequest request =
                OrderRequest.of(victim.id(), Rig.ETH, Side.BUY).limit(1, 1).build();
        int[] code = new int[1];
        accounts.listener(new AccountListener() {
            @Override
            public void onFill(Fill fill) {
                code[0] = assertThrows(VenueException.class, () -> accounts.checkMargin(request, 1))
                        .code();
            }
        });

        mark("57000");

        assertEquals(-2023, code[0]);
        accounts.checkMargin(request, 1);
    }

    private static Income last(Account account) {
        return account.incomes()
                .find(IncomeHistory.Query.all())
                .get(account.incomes().size() - 1);
    }

    @Test
    void shouldFillUpAWalletBelowZeroFromTheFundAndThenFromTheMarket() {
        accounts.endowInsuranceFund(Money.parse("10"));
        Account victim = client("victim", "1000");
        rig.take(victim, Rig.BTC, Side.SELL, "0.001", "60000");
        accounts.onFunding(Rig.BTC, -Money.ONE, Money.parse("1100000"));
        assertEquals(Money.parse("-100"), victim.crossWalletBalance());

        mark("60100");

        // Even a price of one tick leaves the account 40.0001 short.
        assertEquals(List.of("liquidation 0 BUY 1 @ 1 autoclose-1 IOC"), rig.log);
        assertEquals(0, victim.walletBalance());
        assertEquals(0, fund());
        assertEquals(IncomeType.INSURANCE_CLEAR, last(victim).type());
        assertEquals(Money.parse("40.0001"), last(victim).amount());
    }

    @Test
    void shouldCoverAClientThatClosedBeyondItsMargin() {
        accounts.endowInsuranceFund(Money.parse("150"));
        Account client = client("client", "1000");
        rig.take(client, Rig.BTC, Side.BUY, "0.1", "60000");

        rig.take(client, Rig.BTC, Side.SELL, "0.1", "49000");

        assertEquals(0, client.walletBalance());
        assertEquals(Money.parse("50"), fund());
        assertEquals(IncomeType.INSURANCE_CLEAR, last(client).type());
        assertEquals(Money.parse("100"), last(client).amount());
        assertEquals(
                UpdateReason.INSURANCE_CLEAR,
                rig.updates.get(rig.updates.size() - 1).reason());
    }

    @Test
    void shouldCallForMarginOnceAndAgainAfterARecovery() {
        Account account = client("client", "3000");
        rig.take(account, Rig.BTC, Side.BUY, "1", "60000");
        // Maintenance 0.4 % of the value: 229.2 at 57,300, where 300 are left.
        mark("57300");
        assertEquals(List.of(), rig.log);
        mark("57285");
        mark("57280");
        assertEquals(List.of("margin call 0 1"), rig.log);
        mark("58000");
        mark("57280");
        assertEquals(2, rig.log.size());
        assertEquals(1000, account.position(Rig.BTC).lots());
    }
}

package io.millrace.engine.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class OrderTransitionsTest {
    /**
     * One row a state, one column a cause in the order of {@link OrderCause}: the state that follows, = for the same, - for
     * illegal.
     */
    private static final String[] EXPECTED = {
        // DECI SENT UNSE RETR REFU LOST ANSW OPEN PART WHOL CANC EXPI REJE TRGI TRGD NOTF ADOP
        "NONE  INTE -    -    -    -    -    -    -    -    -    -    -    -    -    -    -    WORK",
        "INTE  -    SENT UNSE =    REJE UNKN ACKN WORK PART FILL CANC EXPI REJE TRGI TRGD -    -   ",
        "SENT  -    =    UNSE INTE REJE UNKN ACKN WORK PART FILL CANC EXPI REJE TRGI TRGD -    -   ",
        "ACKN  -    =    -    -    -    =    =    WORK PART FILL CANC EXPI REJE TRGI TRGD EXPI -   ",
        "WORK  -    =    -    -    -    =    =    =    PART FILL CANC EXPI REJE TRGI TRGD EXPI -   ",
        "PART  -    =    -    -    -    =    =    =    =    FILL CANC EXPI REJE =    =    EXPI -   ",
        "TRGI  -    =    -    -    -    =    =    =    PART FILL CANC EXPI REJE =    TRGD EXPI -   ",
        "TRGD  -    =    -    -    -    =    =    =    PART FILL CANC EXPI REJE =    =    EXPI -   ",
        "UNKN  -    =    UNSE -    REJE =    ACKN WORK PART FILL CANC EXPI REJE TRGI TRGD REJE -   ",
        "FILL  -    =    -    -    -    =    =    =    =    =    -    -    -    =    =    -    -   ",
        "CANC  -    =    -    -    -    =    =    =    =    -    =    -    -    =    =    =    WORK",
        "EXPI  -    =    -    -    -    =    =    =    =    -    -    =    -    =    =    =    WORK",
        "REJE  -    =    -    -    =    =    -    -    -    -    -    -    =    -    -    =    WORK",
        "UNSE  -    -    =    -    -    =    -    -    -    -    -    -    -    -    -    =    WORK",
    };

    private static final String[] SHORT = {
        "NONE", "INTE", "SENT", "ACKN", "WORK", "PART", "TRGI", "TRGD", "UNKN", "FILL", "CANC", "EXPI", "REJE", "UNSE"
    };

    private static String text(OrderState from, OrderState to) {
        if (to == null) {
            return "-";
        }
        return to == from ? "=" : SHORT[to.code()];
    }

    @Test
    void shouldGoWhereTheTableSaysFromEveryStateByEveryCause() {
        assertEquals(OrderState.values().length, EXPECTED.length);
        for (OrderState state : OrderState.values()) {
            String[] row = EXPECTED[state.code()].trim().split("\\s+", -1);
            assertEquals(SHORT[state.code()], row[0]);
            assertEquals(OrderCause.values().length + 1, row.length, row[0]);
            for (OrderCause cause : OrderCause.values()) {
                assertEquals(
                        row[cause.code() + 1],
                        text(state, OrderTransitions.next(state, cause)),
                        state + " by " + cause);
            }
        }
    }

    @Test
    void shouldNeverLeaveAnEndButByAnAudit() {
        for (OrderState state : OrderState.values()) {
            for (OrderCause cause : OrderCause.values()) {
                OrderState next = OrderTransitions.next(state, cause);
                if (state.isEnd() && next != null && cause != OrderCause.ADOPTED) {
                    assertEquals(state, next, state + " by " + cause);
                }
                if (next != null && next != state) {
                    assertFalse(next == OrderState.NONE, "only recycling leads there");
                }
            }
        }
    }
}

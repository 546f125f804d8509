package io.millrace.app.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.app.inspect.TickerCheck.Touch;
import org.junit.jupiter.api.Test;

class TickerCheckTest {
    private static final Touch TOUCH = new Touch(100, 5, 101, 7);
    private static final Touch OTHER = new Touch(100, 5, 101, 8);

    private final TickerCheck check = new TickerCheck();

    @Test
    void shouldCompareAtTheSameIdWhicheverCameFirst() {
        check.onTicker(1, TOUCH);
        check.onDepth(1, TOUCH);
        check.onDepth(2, TOUCH);
        check.onDepth(3, OTHER);
        check.onTicker(2, TOUCH);

        assertEquals(1, check.matchedTickerFirst());
        assertEquals(1, check.matchedDepthFirst());
        assertEquals(2, check.matched());
        assertEquals(0, check.mismatched());
    }

    @Test
    void shouldCountOneLotAsMismatch() {
        check.onTicker(1, TOUCH);
        check.onDepth(1, OTHER);
        check.onTicker(1, TOUCH);

        assertEquals(0, check.matched());
        assertEquals(2, check.mismatched());
    }

    @Test
    void shouldNotCountTickersWithoutADepthUpdateOfTheirId() {
        check.onTicker(1, TOUCH);
        check.onDepth(2, TOUCH);

        assertEquals(0, check.matched() + check.mismatched());
    }
}

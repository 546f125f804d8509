package io.millrace.exchange.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.matching.QueueModels.BehindProbability;
import io.millrace.exchange.matching.QueueModels.Weight;
import org.junit.jupiter.api.Test;

class QueueModelsTest {
    private static double ahead(QueueModel model, long front, long level, long cancelled) {
        model.onCancel(level, cancelled);
        return (double) model.ahead(front * QueueModel.SCALE, level, cancelled) / QueueModel.SCALE;
    }

    private static double ahead(BehindProbability behind, long front, long level, long cancelled) {
        return ahead(QueueModels.probabilistic(behind), front, level, cancelled);
    }

    @Test
    void shouldNeverAdvanceByCancelsWhenConservative() {
        assertEquals(40, ahead(QueueModels.conservative(), 40, 100, 60));
    }

    @Test
    void shouldSplitACancelByTheShareOfTheWeights() {
        // Worked by hand: front 40, back 60, cancel 10. Weights 40:60 are behind with 0.6, so 4 of 10 were before.
        assertEquals(36, ahead(BehindProbability.share(Weight.power(1)), 40, 100, 10), 1e-4);
        // Squares 1600:3600 are behind with 9/13, so 40/13 were before.
        assertEquals(40 - 40.0 / 13, ahead(BehindProbability.share(Weight.power(2)), 40, 100, 10), 1e-4);
        double log = Math.log(61) / (Math.log(41) + Math.log(61));
        assertEquals(40 - (1 - log) * 10, ahead(BehindProbability.share(Weight.log()), 40, 100, 10), 1e-4);
    }

    @Test
    void shouldSplitACancelByTheShareOfTheTotal() {
        assertEquals(
                40 - (1 - Math.sqrt(0.6)) * 10,
                ahead(BehindProbability.shareOfTotal(Weight.power(0.5)), 40, 100, 10),
                1e-4);
        double log = Math.log(61) / Math.log(101);
        assertEquals(40 - (1 - log) * 10, ahead(BehindProbability.shareOfTotal(Weight.log()), 40, 100, 10), 1e-4);
    }

    @Test
    void shouldSplitACancelByTheRelativePosition() {
        assertEquals(40 - 0.16 * 10, ahead(BehindProbability.relativePosition(Weight.power(2)), 40, 100, 10), 1e-4);
    }

    @Test
    void shouldTakeFromBeforeWhatBehindCannotHaveLost() {
        // Of 80 cancelled 72 were behind, where only 20 stand: 52 more were before.
        BehindProbability mostlyBehind = (front, back) -> 0.9;
        assertEquals(80 - 8 - 52, ahead(mostlyBehind, 80, 100, 80), 1e-4);
    }

    @Test
    void shouldMoveByCancelsOfSingleLots() {
        QueueModel model = QueueModels.probabilistic(BehindProbability.share(Weight.power(1)));
        long ahead = 50 * QueueModel.SCALE;
        for (long level = 100; level > 20; level--) {
            ahead = model.ahead(ahead, level, 1);
        }
        assertEquals(10, (double) ahead / QueueModel.SCALE, 0.01, "half of what is left, as it was half before");
    }

    @Test
    void shouldPlaceCancelsAnywhereAlike() {
        QueueModel model = QueueModels.anywhere(5);
        double sum = 0;
        for (int i = 0; i < 20_000; i++) {
            double left = ahead(model, 40, 100, 10);
            assertTrue(left >= 30 && left <= 40 && left == Math.rint(left), () -> "left " + left);
            sum += left;
        }
        // Of 91 places 31 are wholly before, 51 wholly behind, and 9 lie across with 9 to 1 of their ten before.
        double before = (31 * 10 + (9 + 8 + 7 + 6 + 5 + 4 + 3 + 2 + 1)) / 91.0;
        assertEquals(40 - before, sum / 20_000, 0.1);
    }

    @Test
    void shouldRefuseAWeightThatDoesNotRise() {
        assertThrows(IllegalArgumentException.class, () -> Weight.power(0));
    }
}

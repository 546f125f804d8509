package io.millrace.engine.model;

/** What makes a score of the sum over the trees. */
public enum Link {
    /** The sum itself. */
    IDENTITY,
    /** {@code 1 / (1 + exp(-sum))}: a probability. */
    LOGISTIC,
    /** {@code exp(sum)}: a positive quantity. */
    EXPONENTIAL;

    /**
     * Returns the score of a sum, the same bits on every machine.
     *
     * @param margin sum over the trees.
     */
    public float score(float margin) {
        return switch (this) {
            case IDENTITY -> margin;
            case LOGISTIC -> (float) (1 / (1 + StrictMath.exp(-margin)));
            case EXPONENTIAL -> (float) StrictMath.exp(margin);
        };
    }
}

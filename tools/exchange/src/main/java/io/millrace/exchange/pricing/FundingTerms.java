package io.millrace.exchange.pricing;

import io.millrace.exchange.venue.ContractRules;

/**
 * How a contract's funding rate is made.
 *
 * @param interestE8 interest for eight hours, at 1e-8; 0.01 % at most symbols.
 * @param intervalHours hours between settlements, 1 to 8.
 * @param capE8 highest rate, at 1e-8.
 * @param floorE8 lowest rate, at 1e-8, below the cap.
 */
public record FundingTerms(long interestE8, int intervalHours, long capE8, long floorE8) {
    /** Interest of most symbols, 0.01 % for eight hours. */
    public static final long USUAL_INTEREST_E8 = 10_000L;

    /** Checks the ranges. */
    public FundingTerms {
        if (intervalHours < 1 || intervalHours > 8) {
            throw new IllegalArgumentException("funding interval of " + intervalHours + " hours is outside 1 to 8");
        }
        if (capE8 <= floorE8) {
            throw new IllegalArgumentException(
                    "funding cap " + capE8 + "e-8 is not above the floor " + floorE8 + "e-8");
        }
    }

    /**
     * Returns a contract's terms, with the usual interest.
     *
     * @param rules of the contract.
     */
    public static FundingTerms of(ContractRules rules) {
        return new FundingTerms(
                USUAL_INTEREST_E8, rules.fundingIntervalHours(), rules.fundingCapE8(), rules.fundingFloorE8());
    }
}

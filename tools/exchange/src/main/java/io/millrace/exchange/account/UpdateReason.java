package io.millrace.exchange.account;

/** Why an account's money or position changed: {@code a.m} of ACCOUNT_UPDATE. */
public enum UpdateReason {
    /** Money came in. */
    DEPOSIT,
    /** Money went out. */
    WITHDRAW,
    /** A fill. */
    ORDER,
    /** Funding. */
    FUNDING_FEE,
    /** Clearance fee, or payment of the insurance fund. */
    INSURANCE_CLEAR,
    /** Isolated margin was added or taken away. */
    MARGIN_TRANSFER,
    /** Crossed became isolated or the other way round. */
    MARGIN_TYPE_CHANGE
}

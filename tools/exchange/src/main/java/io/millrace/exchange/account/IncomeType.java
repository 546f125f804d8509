package io.millrace.exchange.account;

/** Kinds of income that the venue here books, named as the venue does. */
public enum IncomeType {
    /** Deposit or withdrawal. */
    TRANSFER,
    /** Profit or loss of a fill that closed. */
    REALIZED_PNL,
    /** Commission of a fill, below 0 if paid. */
    COMMISSION,
    /** Funding, below 0 if paid. */
    FUNDING_FEE,
    /** Clearance fee of a liquidation, or what the insurance fund paid for a wallet below 0. */
    INSURANCE_CLEAR
}

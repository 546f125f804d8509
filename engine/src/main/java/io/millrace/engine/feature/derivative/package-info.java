/**
 * What the contract itself says, beside its market: premium, funding, open interest, who is long, where liquidations are to be
 * expected, the fund behind it. Mark prices come by stream, the rest is polled by REST and comes as events.
 *
 * <p><b>Thread:</b> the strategy agent owns every object here. <b>Allocation:</b> in constructors only. <b>Time:</b> engine time for windows, the venue's time
 * for funding. <b>Numbers:</b> a ready feature never answers NaN or an infinity; one that is not ready answers NaN.
 */
package io.millrace.engine.feature.derivative;

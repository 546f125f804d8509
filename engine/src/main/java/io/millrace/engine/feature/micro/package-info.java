/**
 * What order book and trades say about the next moments: spread, imbalance, order flow, aggressors, depth and its cost,
 * large prints, hidden refills, liquidations, short-lived volatility, jumps. One object per idea, fed with what the stage sees,
 * all of an instrument together in {@link io.millrace.engine.feature.micro.MicroFeatures}.
 *
 * <p><b>Thread:</b> the strategy agent owns every object here. <b>Allocation:</b> in constructors only. <b>Time:</b> engine time, from
 * events. <b>Numbers:</b> a ready feature never answers NaN or an infinity; one that is not ready answers NaN. Windows are those
 * of {@link io.millrace.engine.feature.window.TimedSums}.
 */
package io.millrace.engine.feature.micro;

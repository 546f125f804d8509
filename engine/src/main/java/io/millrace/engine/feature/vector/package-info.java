/**
 * The vector of 38 features that models and trade records use: which they are, in which order, and how a missing one is written. The list is
 * {@link io.millrace.engine.feature.vector.VectorFeature}; its hash travels with every vector, so that a model never reads another list than
 * the one it was made for.
 *
 * <p><b>Thread:</b> the strategy agent. <b>Allocation:</b> none after construction.
 */
package io.millrace.engine.feature.vector;

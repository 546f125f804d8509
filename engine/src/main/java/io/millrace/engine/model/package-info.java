/**
 * Scoring of models: ensembles of decision trees in flat arrays. A model is built once from validated arrays and never changes; reading a model
 * file is somebody else's part. The agent that scores owns a {@link io.millrace.engine.model.TreeScorer}.
 */
package io.millrace.engine.model;

/** Scoring of a trained model, beside the library that trained it. */
package io.millrace.bench.model;

/** Reading of trained models from the files that their libraries write. */
package io.millrace.app.model;

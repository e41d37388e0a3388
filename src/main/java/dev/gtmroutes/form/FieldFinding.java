// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

/**
 * What is wrong with one field of a form.
 *
 * @param field   {@code id}, {@code description}, {@code source}, {@code template}, {@code source.<parameter>} or
 *                {@code sink.<parameter>}; empty for the form as a whole
 * @param message what is wrong and what to do, one line
 */
public record FieldFinding(String field, String message) {
}

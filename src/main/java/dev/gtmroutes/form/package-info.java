// SPDX-License-Identifier: Apache-2.0
/**
 * Files of flows as forms, and back: what a person changes in a form is changed in the file, and nothing else of it.
 * The files stay the only truth.
 */
package dev.gtmroutes.form;

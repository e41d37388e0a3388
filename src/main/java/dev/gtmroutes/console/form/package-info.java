// SPDX-License-Identifier: Apache-2.0
/**
 * The form of a flow: its page, its fields, and what a browser sends of it.
 */
package dev.gtmroutes.console.form;

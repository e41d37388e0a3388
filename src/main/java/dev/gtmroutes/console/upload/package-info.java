// SPDX-License-Identifier: Apache-2.0
/**
 * Files that people put into the inbox of a flow from their browser.
 */
package dev.gtmroutes.console.upload;

// SPDX-License-Identifier: Apache-2.0
/**
 * What the sandbox checks of a request: credential, rate, path, body.
 */
package dev.gtmroutes.sandbox.checks;

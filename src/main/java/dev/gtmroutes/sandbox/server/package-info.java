// SPDX-License-Identifier: Apache-2.0
/**
 * The HTTP server of the sandbox: requests, responses, and the record of them.
 */
package dev.gtmroutes.sandbox.server;

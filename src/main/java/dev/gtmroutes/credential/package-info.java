// SPDX-License-Identifier: Apache-2.0
/**
 * Where requests to a vendor go and what they carry to be let in: URLs, API keys, OAuth tokens. Plain Java, Camel and
 * Jackson: usable from the vendor-API Kamelets in any Camel runtime.
 */
package dev.gtmroutes.credential;

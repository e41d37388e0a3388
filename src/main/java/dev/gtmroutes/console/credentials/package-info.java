// SPDX-License-Identifier: Apache-2.0
/** Credentials of vendors, in the browser and over the API: which there are, whether they work, and their replacement. */
package dev.gtmroutes.console.credentials;

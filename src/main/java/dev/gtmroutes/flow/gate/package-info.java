// SPDX-License-Identifier: Apache-2.0
/**
 * Where requests wait while the route that they call is exchanged.
 */
package dev.gtmroutes.flow.gate;

// SPDX-License-Identifier: Apache-2.0
/** What steps before a destination add to the records of an input, while the destination reads them. */
package dev.gtmroutes.delivery.join;

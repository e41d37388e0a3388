// SPDX-License-Identifier: Apache-2.0
/**
 * What sources that fetch by themselves share: state files, keys of records that were handed on, turns in a cluster.
 */
package dev.gtmroutes.sources;

using System;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Diagnostics;

/// <summary>
/// Keeps what goes wrong with one declaration from the others. An exception in a generator is a mere warning to its user and
/// drops every file;
/// here it costs one declaration and says which.
/// </summary>
internal static class DeclarationGuard
{
    /// <summary>What the work gives; null, with a finding, where it throws.</summary>
    /// <param name="name">The declared type, for the message.</param>
    /// <param name="site">Where the message stands.</param>
    public static T? Run<T>(string name, Site site, Findings findings, Func<T?> work)
        where T : class
    {
        try
        {
            return work();
        }
        catch (OverflowException)
        {
            findings.Add(Catalogue.TooLarge, site, $"'{name}'", "its parts together make more than a number of 64 bits counts");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            findings.Add(Catalogue.InternalError, site, name, $"{exception.GetType().Name}: {exception.Message}");
        }

        return null;
    }
}

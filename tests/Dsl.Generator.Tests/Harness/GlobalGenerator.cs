using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Tests that draw from libtorch's global generator; side by side they would draw each other's numbers.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class GlobalGenerator
{
    public const string Name = "libtorch's global generator";
}

using System.Runtime.CompilerServices;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The example that a newcomer copies compiles.</summary>
public class ReadmeTests
{
    [Fact]
    public void Example_compiles_without_warnings()
    {
        string readme = File.ReadAllText(Path.Combine(Root(), "README.md"));
        int start = readme.IndexOf("```csharp", StringComparison.Ordinal) + "```csharp".Length;
        string example = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];

        // As the SDK's implicit usings do.
        Verify.Compiles("global using System;\n" + example);
    }

    private static string Root([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "..");
}

using Dsl.Generator.Emitting;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>An assembly that trains prepares for libtorch before its first statement; another one gets no such file.</summary>
public class StartupTests
{
    [Theory]
    [InlineData("[Dsl.Model(4), Dsl.Linear(3)] public partial class Net;", true)]
    [InlineData("[Dsl.Augmentation, Dsl.RandomShift(1)] public partial class Weak;", false)]
    [InlineData("public class Program;", false)]
    public void Only_what_trains_has_a_startup(string source, bool expected)
    {
        var result = Declared.Driver().RunGenerators(Declared.Compile(source)).GetRunResult();
        Assert.Equal(expected, result.GeneratedTrees.Any(tree => Path.GetFileName(tree.FilePath) == StartupEmitter.HintName));
    }
}

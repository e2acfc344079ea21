using System.Globalization;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The generator as a citizen of an editor: cached, pure, independent of culture.</summary>
public class PipelineTests
{
    [Fact]
    public void Unrelated_edits_rerun_nothing() => Verify.Cacheable(Samples.All);

    [Fact]
    public void Two_runs_give_the_same_text() => Assert.Equal(Declared.Generate(Samples.All), Declared.Generate(Samples.All));

    [Fact]
    public void Culture_leaves_no_trace()
    {
        var expected = Declared.Generate(Samples.All);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            // Finnish writes a minus sign that C# does not read, and a comma before decimals.
            var finnish = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            finnish.NumberFormat.NegativeSign = "\u2212";
            finnish.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = finnish;
            Assert.Equal(expected, Declared.Generate(Samples.All));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Names_that_differ_in_case_alone_do_not_collide()
    {
        var files = Declared.Generate("""
            using Dsl;
            [Model(4), Linear(2)] public partial class Net;
            [Model(4), Linear(3)] public partial class NET;
            """);
        Assert.Equal(2, files.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Layers_run_in_source_order_across_attribute_lists()
    {
        var file = Declared.Generate("""
            using Dsl;
            [Linear(8), ReLU]
            [Model(4)]
            [Linear(6), ReLU, Linear(2)]
            public partial class Net;
            """).Single().Value;
        string[] layers = ["0  Linear(8)", "1  ReLU", "2  Linear(6)", "3  ReLU", "4  Linear(2)"];
        Assert.Equal(layers.Select(layer => file.IndexOf(layer, StringComparison.Ordinal)).Order(),
            layers.Select(layer => file.IndexOf(layer, StringComparison.Ordinal)));
        Assert.All(layers, layer => Assert.Contains(layer, file, StringComparison.Ordinal));
    }
}

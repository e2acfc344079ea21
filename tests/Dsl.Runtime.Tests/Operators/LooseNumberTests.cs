using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

/// <summary>The runtime hands TorchSharp no number that a collection may free while libtorch reads it.</summary>
public sealed class LooseNumberTests(LooseNumbers numbers) : IClassFixture<LooseNumbers>
{
    [Fact]
    public void The_runtime_keeps_its_numbers()
    {
        var found = numbers.In("Dsl.Runtime");
        if (found.Count > 0) Assert.Fail(string.Join(Environment.NewLine, found));
    }

    [Theory]
    [InlineData(nameof(Examples.Times), "op_Multiply", "Aten.mul")]
    [InlineData(nameof(Examples.Sum), "op_Addition", "Aten.add")]
    [InlineData(nameof(Examples.Filled), "full", "Aten.full")]
    [InlineData(nameof(Examples.Read), "ToDouble", "Aten.item")]
    [InlineData(nameof(Examples.Local), "mul", "Aten.mul")]
    [InlineData(nameof(Examples.Lambda), "pow", "Aten.pow")]
    [InlineData(nameof(Examples.Deep), "softsign", "Numbers.Of")]
    public void A_loose_number_is_found(string example, string operation, string instead)
    {
        var found = InExamples().Where(number => number.Method.Contains(example, StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(found);
        Assert.All(found, number => Assert.Equal(operation, number.Operation));
        var first = found[0];
        Assert.EndsWith("LooseNumberTests.cs", first.File, StringComparison.Ordinal);
        Assert.True(first.Line > 0);
        Assert.StartsWith($"{first.File}:{first.Line} ", first.ToString(), StringComparison.Ordinal);
        Assert.Contains(instead, first.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(Examples.Used))]
    [InlineData(nameof(Examples.Static))]
    [InlineData(nameof(Examples.OfAten))]
    [InlineData(nameof(Examples.Tensors))]
    public void A_kept_number_is_not_found(string example) =>
        Assert.DoesNotContain(InExamples(), number => number.Method.Contains(example, StringComparison.Ordinal));

    private IEnumerable<LooseNumber> InExamples() => numbers.In("Dsl.Runtime.Tests")
        .Where(number => number.File.EndsWith($"{nameof(LooseNumberTests)}.cs", StringComparison.Ordinal));

    private static class Examples
    {
        private static readonly Scalar Two = 2;

        public static Tensor Times(Tensor x) => x * 2.0;

        public static Tensor Sum(Tensor x, Tensor y) => x + y;

        public static Tensor Filled() => full([2, 2], 1.0);

        public static double Read(Tensor x) => x.ToDouble();

        public static Tensor Local(Tensor x)
        {
            Scalar two = 2;
            return x.mul(two);
        }

        public static Func<Tensor, Tensor> Lambda() => x => x.pow(2);

        public static Tensor Deep(Tensor x) => nn.functional.softsign(x);

        public static Tensor Used(Tensor x)
        {
            using Scalar two = 2;
            return x.mul(two);
        }

        public static Tensor Static(Tensor x) => x.mul(Two);

        public static Tensor OfAten(Tensor x) => Aten.mul(x, 2.0);

        public static Tensor Tensors(Tensor x, Tensor y) => x * y - x / y;
    }
}

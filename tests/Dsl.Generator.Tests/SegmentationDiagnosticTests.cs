using System.Threading.Tasks;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Losses of areas: what they read of a model, and what stands beside them.</summary>
public class SegmentationDiagnosticTests
{
    [Theory]
    [InlineData("Map", "Dice")]
    [InlineData("Map", "CrossEntropy(PerPosition = true), Dice(Generalized = true)")]
    [InlineData("Map", "Dice, Accumulate(2)")]
    [InlineData("Places", "Dice")]
    [InlineData("Map", "Dice({|DSL480:OverBatch = true|}), Accumulate(2)")]
    [InlineData("Map", "Dice({|DSL105:Epsilon = 0|})")]
    [InlineData("Rows", "Dice({|DSL480:PerPosition = false|})")]
    [InlineData("Rows", "{|DSL404:Dice|}")]
    [InlineData("Map", "{|DSL404:Dice(PerPosition = false)|}")]
    [InlineData("Map", "Dice, {|DSL428:Augment<Flips>|}")]
    public Task Areas(string model, string objectives) => Verify.Diagnostics($$"""
        using Dsl;
        [Augmentation, HorizontalFlip]
        public partial class Flips;
        [Model(3, 8, 8), Conv2d(4, 3, Padding = 1), ReLU, Conv2d(3, 1)]
        public partial class Map;
        [Model(8, 5), Linear(4), ReLU, Linear(3)]
        public partial class Places;
        [Model(3, 8, 8), Flatten, Linear(3)]
        public partial class Rows;
        [Trainer<{{model}}>, {{objectives}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);
}

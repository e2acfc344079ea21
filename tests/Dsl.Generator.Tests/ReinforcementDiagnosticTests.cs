using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of trainers that act: lengths, sizes, networks, what stands beside them.</summary>
public class ReinforcementDiagnosticTests
{
    private const string Parts = """
        [Model(4), Linear(8), ReLU, Linear(2)]
        public partial class Net;
        [Model(4), Linear(8), ReLU, Linear(1)]
        public partial class Worth;
        [Model(3), Linear(8), ReLU, Linear(1)]
        public partial class Narrow;
        [Model(4), Linear(8, Bias = false), BatchNorm1d, ReLU, Linear(2)]
        public partial class Normed;
        [Model(4), Linear(8), ReLU, Dropout(0.1), Linear(2)]
        public partial class Dropping;
        [Model(4, 3), Linear(2)]
        public partial class Sequence;
        [Model(4, Elements = Elements.Index), Embedding(20, 4), Flatten, Linear(2)]
        public partial class Reader;
        [Model(4), Input("memory", 5), GruCell("memory"), Tag("next")]
        [Linear(2), Output("Logits"), From("next"), Linear(1), Output("Value"), From("next"), Output("Memory")]
        public partial class Carrying;
        [Model(4), Input("memory", 5), GruCell("memory"), Linear(2)]
        public partial class OnlyLogits;
        [Model(4), Input("memory", 5), GruCell("memory"), Tag("next")]
        [Linear(2), Output("Logits"), From("next"), Linear(2), Output("Value"), From("next"), Output("Memory")]
        public partial class TwoValues;
        [Model(4), Input("memory", 5), GruCell("memory"), Tag("next")]
        [Linear(2), Output("Logits"), From("next"), Linear(1), Output("Value"), From("next"), Linear(3), Output("Memory")]
        public partial class OtherMemory;
        [Model(4), Input("memory", 5), Tag("seen"), GruCell("memory"), Tag("next")]
        [Linear(2), Output("Logits"), From("next"), Linear(1), Output("Value"), From("seen"), Linear(5), Output("Memory")]
        public partial class Forgetting;
        [Model(4), Linear(8), Tanh, Linear(4)]
        public partial class Four;
        [Model(4), Input("action", 1), Concat("action"), Linear(8), Tanh, Linear(2)]
        public partial class Guided;
        [Model(4), Input("action", 1), Concat("action"), Linear(8), Tanh, Linear(1)]
        public partial class ActionWorth;
        [Model(4), Input("action", 2), Concat("action"), Linear(8), Tanh, Linear(1)]
        public partial class PairWorth;
        [Model(4), Input("action", 1), Concat("action"), Linear(8), Tanh, Linear(2)]
        public partial class TwoWorths;
        [Model(4), Input("action", 1), Concat("action"), Linear(8, Bias = false), BatchNorm1d, Tanh, Linear(1)]
        public partial class NormedWorth;

        """;

    [Theory]
    [InlineData("Dqn, BatchSize(64), Steps(10)")]
    [InlineData("Dqn(Double = true, Explore = 0.1, Until = 0.1), ClipGradNorm(1), Polynomial, BatchSize(32), Steps(10)")]
    [InlineData("Dqn(Priority = 0.6, Correction = 0.5), BatchSize(32), Steps(10)")]
    [InlineData("Reinforce(Entropy = 0.01, Normalize = false), WeightAverage(Decay = 0.9), BatchSize(4), Steps(10)")]
    [InlineData("A2c<Worth>, ClipGradNorm(0.5), BatchSize(40), Steps(10)")]
    [InlineData("Ppo<Worth>(Rollout = 32, Passes = 10), BatchSize(64), Steps(10)")]
    public Task Right(string parts) => Check("Net", parts);

    [Theory]
    [InlineData("Carrying", "RecurrentA2c, BatchSize(8), Steps(10)")]
    [InlineData("Carrying", "RecurrentA2c(Rollout = 5, Environments = 4), ClipGradNorm(0.5), BatchSize(4), Steps(10)")]
    [InlineData("Carrying", "{|DSL480:RecurrentA2c|}, BatchSize(80), Steps(10)")]
    [InlineData("Carrying", "{|DSL473:RecurrentA2c|}, BatchSize(8), Epochs(10)")]
    [InlineData("Carrying", "RecurrentA2c({|DSL105:Rollout = 1|}), BatchSize(8), Steps(10)")]
    [InlineData("Net", "{|DSL480:RecurrentA2c|}, BatchSize(8), Steps(10)")]
    [InlineData("OnlyLogits", "{|DSL480:RecurrentA2c|}, BatchSize(8), Steps(10)")]
    [InlineData("TwoValues", "{|DSL480:RecurrentA2c|}, BatchSize(8), Steps(10)")]
    [InlineData("OtherMemory", "{|DSL480:RecurrentA2c|}, BatchSize(8), Steps(10)")]
    [InlineData("Forgetting", "{|DSL485:RecurrentA2c|}, BatchSize(8), Steps(10)")]
    public Task Remembering(string model, string parts) => Check(model, parts);

    [Theory]
    [InlineData("{|DSL473:Dqn|}, Epochs(10)")]
    [InlineData("{|DSL473:Reinforce|}")]
    [InlineData("{|DSL473:A2c<Worth>|}, BatchSize(40), Epochs(10)")]
    [InlineData("Dqn({|DSL474:Until = 0.5|}, Explore = 0.2), Steps(10)")]
    [InlineData("Dqn({|DSL480:Memory = 50|}), BatchSize(64), Steps(10)")]
    [InlineData("Dqn({|DSL480:LearningStarts = 50|}), BatchSize(64), Steps(10)")]
    [InlineData("Dqn({|DSL480:Correction = 0.5|}), Steps(10)")]
    [InlineData("Dqn({|DSL105:Discount = 1.5|}), Steps(10)")]
    [InlineData("Dqn({|DSL105:TargetPeriod = 0|}), Steps(10)")]
    [InlineData("Ppo<Worth>({|DSL105:Clip = 1|}), BatchSize(64), Steps(10)")]
    [InlineData("A2c<Worth>({|DSL105:Rollout = 0|}), BatchSize(64), Steps(10)")]
    [InlineData("{|DSL480:A2c<Worth>|}, BatchSize(64), Steps(10)")]
    [InlineData("{|DSL480:Ppo<Worth>|}, BatchSize(100), Steps(10)")]
    [InlineData("Dqn, {|DSL403:CrossEntropy|}, Steps(10)")]
    [InlineData("Dqn, {|DSL403:Reinforce|}, Steps(10)")]
    [InlineData("Dqn, {|DSL403:Accumulate(2)|}, Steps(10)")]
    [InlineData("Dqn, {|DSL403:OnNonFinite(NonFinite.SkipStep)|}, Steps(10)")]
    [InlineData("Dqn, {|DSL403:EarlyStopping(Metric.Loss)|}, Steps(10)")]
    [InlineData("{|DSL480:A2c<Narrow>|}, BatchSize(40), Steps(10)")]
    [InlineData("{|DSL480:A2c<Net>|}, BatchSize(40), Steps(10)")]
    public Task Wrong(string parts) => Check("Net", parts);

    [Theory]
    [InlineData("Worth")]
    [InlineData("Normed")]
    [InlineData("Dropping")]
    [InlineData("Sequence")]
    [InlineData("Reader")]
    public Task Networks(string model) => Check(model, "{|DSL480:Dqn|}, Steps(10)");

    [Theory]
    [InlineData("Net", "Sac<ActionWorth>, BatchSize(64), Steps(10)")]
    [InlineData("Net", "Sac<ActionWorth>(Tau = 1, TargetEntropy = -0.5, Temperature = 0.2), BatchSize(64), Steps(10)")]
    [InlineData("Net", "{|DSL473:Sac<ActionWorth>|}, BatchSize(64), Epochs(10)")]
    [InlineData("Net", "Sac<ActionWorth>({|DSL480:Memory = 50|}), BatchSize(64), Steps(10)")]
    [InlineData("Net", "Sac<ActionWorth>({|DSL480:LearningStarts = 50|}), BatchSize(64), Steps(10)")]
    [InlineData("Net", "Sac<ActionWorth>({|DSL105:Tau = 0|}), BatchSize(64), Steps(10)")]
    [InlineData("Net", "Sac<ActionWorth>({|DSL105:Temperature = 0|}), BatchSize(64), Steps(10)")]
    [InlineData("Net", "{|DSL480:Sac<Worth>|}, BatchSize(64), Steps(10)")]
    [InlineData("Net", "{|DSL480:Sac<PairWorth>|}, BatchSize(64), Steps(10)")]
    [InlineData("Net", "{|DSL480:Sac<TwoWorths>|}, BatchSize(64), Steps(10)")]
    [InlineData("Net", "{|DSL480:Sac<NormedWorth>|}, BatchSize(64), Steps(10)")]
    [InlineData("Four", "Sac<PairWorth>, BatchSize(64), Steps(10)")]
    [InlineData("Four", "{|DSL480:Sac<ActionWorth>|}, BatchSize(64), Steps(10)")]
    [InlineData("Worth", "{|DSL480:Sac<ActionWorth>|}, BatchSize(64), Steps(10)")]
    [InlineData("Normed", "{|DSL480:Sac<ActionWorth>|}, BatchSize(64), Steps(10)")]
    [InlineData("Guided", "{|DSL480:Sac<ActionWorth>|}, BatchSize(64), Steps(10)")]
    [InlineData("Net", "Sac<ActionWorth>, {|DSL403:Accumulate(2)|}, BatchSize(64), Steps(10)")]
    public Task Continuous(string model, string parts) => Check(model, parts + ", Adam(1e-3, For = \"Critic\")");

    private static Task Check(string model, string parts) => Verify.Diagnostics("using Dsl;\n" + Parts + $$"""
        [Trainer<{{model}}>, {{parts}}, Adam(1e-3)]
        public partial class NetTrainer;
        """);
}

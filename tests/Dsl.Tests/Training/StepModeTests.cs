using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Runs;

[Model(6), Linear(8), BatchNorm1d, ReLU, Dropout(0.5), Linear(3)]
public partial class Moody;

[Trainer<Moody>, CrossEntropy, Sgd(0.1), Steps(5), Seed(4)]
public partial class MoodyExplicit;

[Trainer<Moody>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1), Steps(5), Seed(4)]
public partial class MoodyAutograd;

[Trainer<Moody>, CrossEntropy, MeanTeacher(RampUpSteps = 3), Sgd(0.1), Steps(5), Seed(4)]
public partial class MoodyTeacher;

[Trainer<Moody>(Backward = Backward.Autograd), CrossEntropy, MeanTeacher(RampUpSteps = 3), Sgd(0.1), Steps(5), Seed(4)]
public partial class MoodyTeacherAutograd;

/// <summary>A step trains, whatever mode its network was put in, and leaves it in that mode.</summary>
public class StepModeTests
{
    [Fact]
    public void A_step_runs_in_training_mode_and_puts_the_mode_back()
    {
        using var plain = new MoodyExplicit(Model());
        using var first = new MoodyExplicit(Model());
        using var second = new MoodyAutograd(Model());
        using var untouched = new MoodyAutograd(Model());
        for (int i = 0; i < 5; i++)
        {
            var (x, y) = Data(i);
            plain.Step(new(x, y));
            untouched.Step(new(x, y));
            first.Model.eval();
            first.Step(new(x, y));
            second.Model.eval();
            second.Step(new(x, y));
            Assert.False(second.Model.training);
        }

        Assert.True(plain.Model.training && untouched.Model.training);
        AssertSame(plain.Model, first.Model);
        AssertSame(untouched.Model, second.Model);
        Close.To(plain.Model.Arena.Values, second.Model.Arena.Values, "parameters", 1e-4);
    }

    [Fact]
    public void An_average_that_teaches_is_asked_in_training_mode()
    {
        using var plain = new MoodyTeacher(Model());
        using var first = new MoodyTeacher(Model());
        using var second = new MoodyTeacherAutograd(Model());
        for (int i = 0; i < 5; i++)
        {
            var (x, y) = Data(i);
            plain.Step(new(x, y, x));
            foreach (var teacher in new[] { first.Teacher, second.Teacher }) teacher.eval();
            first.Step(new(x, y, x));
            second.Step(new(x, y, x));
            Assert.False(first.Teacher.training || second.Teacher.training);
        }

        AssertSame(plain.Model, first.Model);
        Close.To(plain.Model.Arena.Values, second.Model.Arena.Values, "parameters", 1e-4);
    }

    [Fact]
    public void A_ramp_up_of_no_length_gives_the_full_weight_at_once()
    {
        using var first = new MoodyTeacher(Model()) { MeanTeacherRampUpSteps = 0, MeanTeacherConsistencyWeight = 7 };
        Assert.Equal(7, first.MeanTeacherConsistencyWeightAt(0));
        Assert.Equal(7, first.MeanTeacherConsistencyWeightAt(5));
        var (x, y) = Data(1);
        first.Step(new(x, y, x));
        Assert.True(first.Model.Arena.Values.isfinite().all().ToBoolean());

        first.MeanTeacherRampUpSteps = 4;
        Assert.Equal(7 * Math.Exp(-5), first.MeanTeacherConsistencyWeightAt(0), 12);
        Assert.Equal(7 * Math.Exp(-5 * 0.25), first.MeanTeacherConsistencyWeightAt(2), 12);
        Assert.Equal(7, first.MeanTeacherConsistencyWeightAt(4));
        Assert.Equal(7, first.MeanTeacherConsistencyWeightAt(9));
    }

    private static void AssertSame(Moody expected, Moody actual)
    {
        var state = actual.state_dict();
        foreach (var (name, value) in expected.state_dict()) Assert.True(value.Equals(state[name]), name);
    }

    private static Moody Model()
    {
        using var generator = new Generator(2);
        return new Moody(generator);
    }

    private static (Tensor X, Tensor Y) Data(int step)
    {
        using var generator = new Generator((ulong)step + 20);
        return (randn([8, 6], generator: generator), randint(0, 3, [8], ScalarType.Int64, generator: generator));
    }
}

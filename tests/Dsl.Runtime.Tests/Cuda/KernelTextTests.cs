using System.Reflection;
using System.Text;

namespace Dsl.Runtime.Tests.Cuda;

/// <summary>The runtime's kernels as the real compiler takes them.</summary>
public class KernelTextTests
{
    [NvrtcTheory]
    [InlineData(70)]
    [InlineData(80)]
    [InlineData(90)]
    public void Every_kernel_compiles_to_machine_code(int capability)
    {
        var kernels = All().ToList();
        Assert.True(kernels.Count >= 25, $"There are {kernels.Count} kernels.");
        foreach (var kernel in kernels)
        {
            byte[] image = SystemNvrtc.Compiler.Compile(kernel, capability);
            Assert.Equal("\u007fELF"u8, image.AsSpan(0, 4));
        }
    }

    [NvrtcFact]
    public void A_device_that_the_compiler_does_not_know_gets_the_latest_text_before_it()
    {
        string text = Encoding.UTF8.GetString(SystemNvrtc.Compiler.Compile(All().First(), 999));
        Assert.Contains(".target sm_", text);
        Assert.EndsWith("\0", text);
    }

    [NvrtcFact]
    public void A_device_before_all_that_it_knows_is_refused()
    {
        var refused = Assert.Throws<CudaException>(() => SystemNvrtc.Compiler.Compile(All().First(), 20));
        Assert.Contains("this one is of 2.0", refused.Message);
        Assert.Contains("DSL_LOOPS=libtorch", refused.Message);
    }

    [NvrtcFact]
    public void What_the_compiler_says_is_told_with_the_name_of_the_kernel()
    {
        var kernel = new CudaKernel("wrong", "extern \"C\" __global__ void wrong(float* x) { x[0] = unheard_of; }");
        var refused = Assert.Throws<CudaException>(() => SystemNvrtc.Compiler.Compile(kernel, 80));
        Assert.StartsWith("The kernel wrong is not compiled by ", refused.Message);
        Assert.Contains("identifier \"unheard_of\" is undefined", refused.Message);
        Assert.Contains("NVRTC_ERROR_COMPILATION", refused.Message);
    }

    // Those of classes for each rule are made with all rules.
    private static IEnumerable<CudaKernel> All()
    {
        var types = typeof(CudaKernel).Assembly.GetTypes();
        var rules = types.Where(type => type.IsValueType && type.IsAssignableTo(typeof(IGradientRule))).ToList();
        return types.Where(type => !type.IsGenericTypeDefinition)
            .Concat(rules.SelectMany(rule =>
                new[] { typeof(GradientKernel<>).MakeGenericType(rule), typeof(BiasGradientKernel<>).MakeGenericType(rule) }))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(CudaKernel) && !field.DeclaringType!.ContainsGenericParameters
                && field.GetCustomAttribute<ThreadStaticAttribute>() is null)
            .Select(field => field.GetValue(null)).OfType<CudaKernel>();
    }
}
